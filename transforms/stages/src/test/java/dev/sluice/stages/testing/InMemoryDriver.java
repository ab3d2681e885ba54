package dev.sluice.stages.testing;

import dev.sluice.records.Metric;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lays out and does the units of one stage, one after another, in the order that a test asks for.
 */
public final class InMemoryDriver implements StageDriver {

  /** The order in which the units of a wave are done. */
  public enum Order {
    FORWARDS,
    BACKWARDS
  }

  private final StageHost host;
  private final Stage stage;
  private final String ownPart;
  private final boolean loadsReference;
  private final Map<String, List<ShardFile>> inputs;
  private final Map<String, List<ShardFile>> tables = new TreeMap<>();
  private final Map<String, Metric> metrics = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<List<Unit>> waves = new ArrayList<>();
  private Counts counts = Counts.NONE;
  private @Nullable ModelFolder model;

  InMemoryDriver(
      StageHost host,
      Stage stage,
      String ownPart,
      boolean loadsReference,
      Map<String, List<ShardFile>> inputs) {
    this.host = host;
    this.stage = stage;
    this.ownPart = ownPart;
    this.loadsReference = loadsReference;
    this.inputs = inputs;
  }

  @Override
  public List<ShardFile> input(String port) {
    return inputs.getOrDefault(port, List.of());
  }

  @Override
  public List<UnitResult> run(String label, List<Unit> units) {
    List<UnitResult> results = runAside(label, units);
    for (UnitResult result : results) {
      counts = counts.plus(result.counts());
      for (ShardFile file : result.tables()) {
        tables.computeIfAbsent(file.table(), name -> new ArrayList<>()).add(file);
      }
    }
    return results;
  }

  @Override
  public List<UnitResult> runAside(String label, List<Unit> units) {
    waves.add(List.copyOf(units));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      order.add(i);
    }
    if (host.order() == Order.BACKWARDS) {
      Collections.reverse(order);
    }
    Map<Integer, UnitResult> results = new HashMap<>();
    for (int i : order) {
      results.put(i, done(units.get(i)));
    }
    List<UnitResult> inOrder = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      inOrder.add(Objects.requireNonNull(results.get(i)));
    }
    return inOrder;
  }

  private UnitResult done(Unit unit) {
    String key = key(unit);
    UnitResult known = host.finished().get(key);
    if (known != null) {
      return new UnitResult(
          key,
          known.name(),
          known.tables(),
          known.model(),
          known.counts(),
          known.usage(),
          known.values(),
          known.computedOn(),
          known.seconds(),
          true);
    }
    Unit travelled = StageHost.travelled(unit);
    InMemoryContext context = new InMemoryContext(host, travelled, this::key, loadsReference);
    StageHost.travelled(stage).work(context);
    UnitResult result = context.finish();
    host.finished().put(key, result);
    return result;
  }

  private String key(Unit unit) {
    return unit.key(ownPart);
  }

  @Override
  public void model(ModelFolder folder) {
    model = folder;
  }

  @Override
  public void release(ModelFolder folder) {
    try (Stream<Path> files = Files.walk(host.path(folder.path()))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      // It was let go before.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void metric(Metric metric) {
    if (metrics.put(metric.name(), metric) != null) {
      throw new IllegalStateException("The metric " + metric.name() + " came twice.");
    }
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  StageRun result() {
    return new StageRun(host, tables, counts, metrics, warnings, waves, model);
  }
}

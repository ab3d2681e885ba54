package dev.sluice.stages.testing;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.manifest.Usage;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one unit finds around it. Writes its tables as Parquet files of its own. */
final class InMemoryContext implements UnitContext {
  private static final Set<String> REFERENCES = Set.of("reference_answer", "reference_correct");

  private final StageHost host;
  private final Unit unit;
  private final Function<Unit, String> keys;
  private final Set<String> withheld;
  private final Path folder;
  private final Map<String, TableWriter<?>> writers = new LinkedHashMap<>();
  private final Map<String, Double> values = new TreeMap<>();
  private @Nullable Counts counts;
  private @Nullable ModelFolder model;

  InMemoryContext(StageHost host, Unit unit, Function<Unit, String> keys, boolean loadsReference) {
    this.host = host;
    this.unit = unit;
    this.keys = keys;
    this.withheld = loadsReference ? Set.of() : REFERENCES;
    this.folder = host.newFolder("unit");
  }

  @Override
  public Unit unit() {
    return unit;
  }

  @Override
  public long seed() {
    return host.seed();
  }

  @Override
  public <R extends Record> List<R> read(String port, Table<R> table) {
    List<R> rows = new ArrayList<>();
    forEach(port, table, rows::add);
    return rows;
  }

  @Override
  public <R extends Record> void forEach(String port, Table<R> table, Consumer<R> consumer) {
    forEach(port, table, Set.of(), consumer);
  }

  /** As a run reads: columns that a stage says it does not look at are empty. */
  @Override
  public <R extends Record> void forEach(
      String port, Table<R> table, Set<String> without, Consumer<R> consumer) {
    Set<String> absent = new HashSet<>(withheld);
    absent.addAll(without);
    for (ShardFile file : unit.inputs().getOrDefault(port, List.of())) {
      TableReader.forEach(host.path(file.path()), table, absent, consumer);
    }
  }

  @Override
  public boolean has(String port) {
    return unit.inputs().containsKey(port);
  }

  @Override
  public <R extends Record> Optional<List<R>> finished(Unit like, Table<R> table) {
    UnitResult result = host.finished().get(keys.apply(like));
    if (result == null) {
      return Optional.empty();
    }
    List<R> rows = new ArrayList<>();
    for (ShardFile file : result.tables()) {
      if (file.table().equals(table.name())) {
        TableReader.forEach(host.path(file.path()), table, withheld, rows::add);
      }
    }
    return Optional.of(rows);
  }

  @Override
  public <R extends Record> void begin(Table<R> table) {
    writer(table);
  }

  @Override
  public <R extends Record> void write(Table<R> table, R row) {
    writer(table).write(row);
  }

  @SuppressWarnings("unchecked") // a table has one row type
  private <R extends Record> TableWriter<R> writer(Table<R> table) {
    return (TableWriter<R>)
        writers.computeIfAbsent(
            table.name(),
            name -> TableWriter.open(folder.resolve(name + ".parquet"), table, Map.of()));
  }

  @Override
  public void dead(DeadLetter letter) {
    write(Tables.DEAD_LETTERS, letter);
  }

  @Override
  public void count(Counts all) {
    if (counts != null) {
      throw new IllegalStateException("The unit was counted twice.");
    }
    counts = all;
  }

  @Override
  public void value(String name, double value) {
    values.put(name, value);
  }

  @Override
  public LanguageModel model(String name) {
    ModelFolder own = unit.models().get(name);
    return host.grouped(own == null ? host.model(name) : host.models().open(host.path(own.path())));
  }

  @Override
  public StepClassifier classifier(String name) {
    return host.models().openClassifier(modelFolder(name));
  }

  @Override
  public Embedder embedder(String name) {
    return host.embedder(name);
  }

  @Override
  public Path modelFolder(String name) {
    ModelFolder own = unit.models().get(name);
    return own == null ? host.modelFolder(name) : host.path(own.path());
  }

  @Override
  public String modelRevision(String name) {
    ModelFolder own = unit.models().get(name);
    return own == null ? host.model(name).info().revision() : own.digest();
  }

  @Override
  public ModelRuntime models() {
    return host.models();
  }

  @Override
  public Path checkpoints() {
    return host.path("checkpoints-" + keys.apply(unit));
  }

  @Override
  public void saveModel(Consumer<Path> writer) {
    Path target = host.newFolder("model");
    writer.accept(target);
    model =
        new ModelFolder(
            target.getFileName().toString(), Map.of(), Hashes.hex(FakeModels.weights(target)));
  }

  @Override
  public void progress(long rows, long of) {}

  @Override
  public void checkInterrupted() {
    host.checkInterrupted();
  }

  UnitResult finish() {
    if (counts == null) {
      throw new IllegalStateException("The unit " + unit.name() + " was not counted.");
    }
    List<ShardFile> files = new ArrayList<>();
    for (TableWriter<?> writer : writers.values()) {
      writer.close();
      String name = folder.getFileName() + "/" + writer.table().name() + ".parquet";
      files.add(
          new ShardFile(
              writer.table().name(),
              name,
              writer.rows(),
              writer.bytes(),
              writer.sha256(),
              writer.digest().toString()));
    }
    return new UnitResult(
        keys.apply(unit),
        unit.name(),
        files,
        model,
        counts,
        Usage.NONE,
        values,
        List.of(),
        0,
        false);
  }
}

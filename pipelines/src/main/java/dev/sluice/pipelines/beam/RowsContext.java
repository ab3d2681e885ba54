package dev.sluice.pipelines.beam;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.Row;

/** One unit over rows that are at hand. Keeps what the stage writes until it has ended. */
final class RowsContext implements UnitContext, AutoCloseable {
  private final StageTransform.Bound bound;
  private final Map<String, List<Row>> rows;
  private final Set<String> withheld;
  private final Map<String, List<Record>> written = new LinkedHashMap<>();
  private final Map<String, LanguageModel> models = new TreeMap<>();
  private final Map<String, StepClassifier> classifiers = new TreeMap<>();
  private final Map<String, Embedder> embedders = new TreeMap<>();
  private Counts counts = Counts.NONE;

  /**
   * A unit.
   *
   * @param rows the rows by port, in the order in which the stage is to see them
   * @param withheld columns that the stage must not see
   */
  RowsContext(StageTransform.Bound bound, Map<String, List<Row>> rows, Set<String> withheld) {
    this.bound = bound;
    this.rows = rows;
    this.withheld = withheld;
  }

  /** What the stage wrote, by table. */
  Map<String, List<Record>> written() {
    return written;
  }

  Counts counts() {
    return counts;
  }

  @Override
  public Unit unit() {
    return Unit.of("rows", "shard", Map.of());
  }

  @Override
  public long seed() {
    return bound.seed();
  }

  @Override
  public <R extends Record> List<R> read(String port, Table<R> table) {
    List<R> all = new ArrayList<>();
    forEach(port, table, all::add);
    return all;
  }

  @Override
  public <R extends Record> void forEach(String port, Table<R> table, Consumer<R> consumer) {
    for (Row row : rows.getOrDefault(port, List.of())) {
      consumer.accept(TableRows.toRecord(row, table, withheld));
    }
  }

  @Override
  public boolean has(String port) {
    return rows.containsKey(port);
  }

  @Override
  public <R extends Record> void begin(Table<R> table) {
    written.computeIfAbsent(table.name(), name -> new ArrayList<>());
  }

  @Override
  public <R extends Record> void write(Table<R> table, R row) {
    written.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(row);
  }

  @Override
  public void dead(DeadLetter letter) {
    write(Tables.DEAD_LETTERS, letter);
  }

  @Override
  public void count(Counts account) {
    counts = account;
  }

  @Override
  public void value(String name, double value) {
    // Nobody adds them up: there is no driver.
  }

  @Override
  public LanguageModel model(String name) {
    return models.computeIfAbsent(name, n -> host().open(reference(n)));
  }

  @Override
  public StepClassifier classifier(String name) {
    return classifiers.computeIfAbsent(name, n -> host().openClassifier(reference(n)));
  }

  @Override
  public Embedder embedder(String name) {
    return embedders.computeIfAbsent(name, n -> host().openEmbedder(reference(n)));
  }

  @Override
  public Path modelFolder(String name) {
    return host().folder(reference(name));
  }

  @Override
  public String modelRevision(String name) {
    return reference(name).revision();
  }

  @Override
  public ModelRuntime models() {
    return host().runtime();
  }

  private ModelHost host() {
    return bound.host();
  }

  private ModelReference reference(String name) {
    ModelReference reference = bound.models().get(name);
    if (reference == null) {
      throw new IllegalStateException(
          "The stage asks for the model '%s', but its transform was given %s."
              .formatted(name, bound.models().keySet()));
    }
    return reference;
  }

  @Override
  public Path checkpoints() {
    throw new UnsupportedOperationException("A stage over rows trains nothing.");
  }

  @Override
  public void saveModel(Consumer<Path> writer) {
    throw new UnsupportedOperationException("A stage over rows leaves no model.");
  }

  @Override
  public void progress(long rowsDone, long of) {
    // The runner shows its own.
  }

  @Override
  public void checkInterrupted() {
    // The runner interrupts by ending the worker.
  }

  @Override
  public void close() {
    models.values().forEach(LanguageModel::close);
    classifiers.values().forEach(StepClassifier::close);
    embedders.values().forEach(Embedder::close);
  }
}

package dev.sluice.runners.bench;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The k-th shard of the tables of a folder, for a stage without models. */
final class ShardContext implements UnitContext, AutoCloseable {
  private static final Set<String> REFERENCE = Set.of("reference_answer", "reference_correct");

  private final Path folder;
  private final int shard;
  private final Map<String, TableWriter<?>> writers = new LinkedHashMap<>();

  ShardContext(Path folder, int shard) {
    this.folder = folder;
    this.shard = shard;
  }

  static Path file(Path folder, String table, int shard) {
    return folder.resolve(table + "-" + shard + ".parquet");
  }

  @Override
  public Unit unit() {
    return Unit.of("shard", "shard", Map.of());
  }

  @Override
  public long seed() {
    return 7;
  }

  @Override
  public boolean has(String port) {
    return Files.exists(file(folder, port, shard));
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

  @Override
  public <R extends Record> void forEach(
      String port, Table<R> table, Set<String> without, Consumer<R> consumer) {
    if (has(port)) {
      Set<String> left = new HashSet<>(without);
      left.addAll(REFERENCE);
      TableReader.forEach(file(folder, port, shard), table, left, consumer);
    }
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
            table.name(), name -> TableWriter.open(file(folder, name, shard), table, Map.of()));
  }

  @Override
  public void dead(DeadLetter letter) {
    throw new IllegalStateException("A dead letter: " + letter);
  }

  @Override
  public void count(Counts counts) {}

  @Override
  public void value(String name, double value) {}

  @Override
  public LanguageModel model(String name) {
    throw none();
  }

  @Override
  public StepClassifier classifier(String name) {
    throw none();
  }

  @Override
  public Embedder embedder(String name) {
    throw none();
  }

  @Override
  public Path modelFolder(String name) {
    throw none();
  }

  @Override
  public String modelRevision(String name) {
    throw none();
  }

  @Override
  public ModelRuntime models() {
    throw none();
  }

  @Override
  public Path checkpoints() {
    throw none();
  }

  @Override
  public void saveModel(Consumer<Path> writer) {
    throw none();
  }

  private static IllegalStateException none() {
    return new IllegalStateException("There are no models here.");
  }

  @Override
  public void progress(long rows, long of) {}

  @Override
  public void checkInterrupted() {}

  @Override
  public void close() {
    writers.values().forEach(TableWriter::close);
  }
}

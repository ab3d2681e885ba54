package dev.sluice.pipelines.run.worker;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.pipelines.run.folder.Interruption;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.pipelines.store.UnitOutput;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Secrets;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One unit on a worker. Nothing that it writes counts for anybody before {@link #commit}; without
 * it everything is thrown away.
 */
final class WorkerContext implements UnitContext, AutoCloseable {
  /** What a stage that does not declare it never loads. */
  private static final Set<String> REFERENCE = Set.of("reference_answer", "reference_correct");

  /** Files of a run's folder that say what it was started with. */
  private static final List<String> ORIGIN = List.of("pipeline.yaml", "invocation.json");

  private final WorkerTask task;
  private final Unit unit;
  private final String key;
  private final UnitOutput output;
  private final WaveMeter meter;
  private final UsageMeter usage;
  private final Interruption interruption;
  private final Runnable calling;
  private final long start = System.nanoTime();
  private final Map<String, LanguageModel> models = new TreeMap<>();
  private final Map<String, StepClassifier> classifiers = new TreeMap<>();
  private final Map<String, Embedder> embedders = new TreeMap<>();
  private final Map<String, Double> values = new TreeMap<>();
  private boolean trains;
  private @Nullable Map<String, DeadLetter> letters;
  private long keptRows;
  private long keptLetters;
  private @Nullable Counts counts;
  private long rowsSaid;
  private long rowsOfSaid;

  WorkerContext(
      WorkerTask task,
      Unit unit,
      String key,
      WaveMeter meter,
      Interruption interruption,
      Runnable calling) {
    this.task = task;
    this.unit = unit;
    this.key = key;
    this.meter = meter;
    this.usage = new UsageMeter(meter);
    this.interruption = interruption;
    this.calling = calling;
    this.output =
        task.store()
            .units()
            .begin(
                task.attempt(),
                key,
                unit.name(),
                Map.of(
                    "sluice.seed",
                    Long.toString(task.ready().seed()),
                    "sluice.stage",
                    task.ready().name()));
  }

  @Override
  public Unit unit() {
    return unit;
  }

  @Override
  public long seed() {
    return task.ready().seed();
  }

  @Override
  public boolean has(String port) {
    return !shards(port).isEmpty();
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
    Set<String> left = new HashSet<>(without);
    if (!task.ready().wiring().loadsReference()) {
      left.addAll(REFERENCE);
    }
    for (ShardFile shard : shards(port)) {
      task.store().forEach(shard, table, left, consumer);
    }
  }

  @Override
  public <R extends Record> Optional<List<R>> finished(Unit like, Table<R> table) {
    String own = like.key(task.ready().unitPart());
    String key = task.retried().getOrDefault(own, own);
    if (!task.store().units().has(key)) {
      return Optional.empty();
    }
    RetryRule rule = own.equals(this.key) ? task.again() : null;
    Optional<List<R>> rows =
        task.store()
            .units()
            .find(key)
            .map(
                made ->
                    made.tables().stream()
                        .filter(shard -> shard.table().equals(table.name()))
                        .flatMap(shard -> rows(rule, shard, table).stream())
                        .toList());
    if (rule != null && rule.table().equals(table.name())) {
      keptRows = rows.map(List::size).orElse(0);
    }
    return rows;
  }

  private <R extends Record> List<R> rows(
      @Nullable RetryRule rule, ShardFile shard, Table<R> table) {
    return rule == null
        ? task.store().read(shard, table, Set.of())
        : rule.kept(task.store(), task.ready().stage(), shard, table);
  }

  private List<ShardFile> shards(String port) {
    return unit.inputs().getOrDefault(port, List.of());
  }

  @Override
  public <R extends Record> void begin(Table<R> table) {
    output.table(table);
  }

  @Override
  public <R extends Record> void write(Table<R> table, R row) {
    output.table(table).write(row);
  }

  @Override
  public void dead(DeadLetter letter) {
    DeadLetter before = letters().get(letter.recordId());
    if (!takeOver(letter.recordId())) {
      write(
          Tables.DEAD_LETTERS,
          hidden(
              before == null
                  ? letter
                  : letter.afterAttempts(letter.attempts() + before.attempts())));
    }
  }

  private static DeadLetter hidden(DeadLetter letter) {
    return new DeadLetter(
        letter.failedRow(),
        Secrets.hidden(letter.errorMessage()),
        letter.stage(),
        letter.recordId(),
        letter.errorClass(),
        letter.attempts(),
        letter.retriable());
  }

  @Override
  public boolean takeOver(String recordId) {
    DeadLetter before = letters().get(recordId);
    RetryRule rule = task.again();
    if (before == null || rule == null || rule.asks(before)) {
      return false;
    }
    write(Tables.DEAD_LETTERS, before);
    keptLetters++;
    return true;
  }

  /** The dead letters that this unit left before, by the id of the row. */
  private Map<String, DeadLetter> letters() {
    Map<String, DeadLetter> known = letters;
    if (known == null) {
      known = new TreeMap<>();
      String before = task.retried().get(key);
      Optional<UnitResult> made =
          before == null ? Optional.empty() : task.store().units().find(before);
      for (DeadLetter letter :
          DeadLetters.read(task.store(), made.map(UnitResult::tables).orElse(List.of()))) {
        known.put(letter.recordId(), letter);
      }
      letters = known;
    }
    return known;
  }

  @Override
  public void count(Counts account) {
    if (counts != null) {
      throw new IllegalStateException("A unit gives its account once.");
    }
    if (account.expected() != account.out() + account.dead()) {
      throw new IllegalStateException(
          "The account of a unit must balance: %d rows expected, %d out, %d dead."
              .formatted(account.expected(), account.out(), account.dead()));
    }
    counts = account;
  }

  @Override
  public void value(String name, double value) {
    values.put(name, value);
  }

  @Override
  public LanguageModel model(String name) {
    return models.computeIfAbsent(
        name,
        n -> {
          ModelFolder own = unit.models().get(n);
          LanguageModel opened =
              own == null
                  ? task.host()
                      .open(
                          whole(n), task.calls().session(task.store(), meter, interruption::asked))
                  : task.host().runtime().open(task.store().folder(own));
          computes(n);
          return new MeteredModel(opened, usage, calling);
        });
  }

  @Override
  public StepClassifier classifier(String name) {
    return classifiers.computeIfAbsent(
        name,
        n -> {
          ModelFolder own = unit.models().get(n);
          StepClassifier opened =
              own == null
                  ? task.host().openClassifier(whole(n))
                  : task.host().runtime().openClassifier(task.store().folder(own));
          computes(n);
          return new MeteredClassifier(opened, usage);
        });
  }

  @Override
  public Embedder embedder(String name) {
    return embedders.computeIfAbsent(
        name, n -> new MeteredEmbedder(task.host().openEmbedder(reference(n)), usage));
  }

  @Override
  public Path modelFolder(String name) {
    ModelFolder own = unit.models().get(name);
    return own == null ? task.host().folder(whole(name)) : task.store().folder(own);
  }

  @Override
  public String modelRevision(String name) {
    ModelFolder own = unit.models().get(name);
    return own == null ? reference(name).revision() : own.digest();
  }

  @Override
  public ModelRuntime models() {
    trains = true;
    ModelRuntime runtime = task.host().runtime();
    meter.warned(runtime.warnings());
    return runtime;
  }

  /** A model of the config, after its content was checked if a stage made it. */
  private ModelReference whole(String name) {
    ModelReference reference = reference(name);
    ModelFolder made = reference.made();
    return made == null ? reference : ModelReference.made(task.store().folder(made), made);
  }

  private Optional<Numerics> numerics(String name) {
    return unit.models().containsKey(name)
        ? task.host().runtime().numerics()
        : task.host().numerics(reference(name));
  }

  /** Says so from the start, so that workers that differ are noticed before they have worked. */
  private void computes(String name) {
    numerics(name)
        .ifPresent(
            numerics -> {
              meter.computes(numerics);
              meter.warned(task.host().runtime().warnings());
            });
  }

  /** What computes the models that the unit used here. */
  private List<Numerics> computedOn() {
    Set<Numerics> all = new TreeSet<>();
    Set<String> used = new TreeSet<>(models.keySet());
    used.addAll(classifiers.keySet());
    used.addAll(embedders.keySet());
    used.forEach(name -> numerics(name).ifPresent(all::add));
    if (trains) {
      task.host().runtime().numerics().ifPresent(all::add);
    }
    return List.copyOf(all);
  }

  private ModelReference reference(String name) {
    ModelReference reference = task.ready().models().get(name);
    if (reference == null) {
      throw new IllegalStateException(
          "The stage '%s' asks for the model '%s', which neither its config nor the unit names; they name %s."
              .formatted(task.ready().name(), name, task.ready().models().keySet()));
    }
    return reference;
  }

  @Override
  public Path checkpoints() {
    return task.store().units().checkpoints(key);
  }

  @Override
  public void keepCheckpoints() {
    task.store().units().keepCheckpoints(key);
  }

  @Override
  public void saveModel(Consumer<Path> writer) {
    writer.accept(output.modelFolder());
  }

  @Override
  public void saveFolder(Function<Path, String> writer) {
    output.folderDigest(writer.apply(output.filesFolder()));
  }

  @Override
  public Path artifact(String port) {
    Manifest.Input input = task.ready().origin().inputs().get(port);
    if (input == null) {
      throw new IllegalStateException(
          "The stage '%s' reads the artifact of its port '%s', which is not wired."
              .formatted(task.ready().name(), port));
    }
    Artifact artifact = task.store().origin(input);
    task.store().bringHere(artifact);
    // What is damaged is told as damage, which the run mends, before another program finds it.
    unit.inputs().values().forEach(shards -> shards.forEach(task.store()::file));
    return artifact.folder().local();
  }

  @Override
  public Path runFolder() {
    WorkspacePath folder = RunFolder.of(task.store().workspace(), task.run()).path();
    try {
      for (String file : ORIGIN) {
        Path unused = task.store().workspace().files().fetch(folder.resolve(file).path());
      }
    } catch (IOException e) {
      throw StoreException.because("Reading the pipeline file of the run " + task.run(), e);
    }
    return folder.local();
  }

  @Override
  public void progress(long rows, long of) {
    if (rowsOfSaid == 0 && of > 0) {
      meter.onTotalKnown();
    }
    rowsSaid += rows;
    meter.rows(rows, of - rowsOfSaid);
    rowsOfSaid = of;
  }

  @Override
  public void checkInterrupted() {
    // A shard in flight is finished; what trains has checkpoints and may take long.
    if (unit.training() && interruption.asked()) {
      throw new InterruptedUnitException();
    }
  }

  /** Makes what was written durable: the unit is finished. */
  void commit() {
    if (counts == null) {
      throw new IllegalStateException(
          "The unit '%s' of the stage '%s' ended without an account of its rows."
              .formatted(unit.name(), task.ready().name()));
    }
    long expected = counts.expected();
    progress(Math.max(0, expected - rowsSaid), Math.max(expected, rowsOfSaid));
    if (task.again() != null) {
      value(RetryRule.ASKED, (double) (expected - keptRows - keptLetters));
    }
    values.putAll(usage.flaws());
    output.commit(counts, usage.usage(), values, computedOn(), (System.nanoTime() - start) / 1e9);
    if (unit.training()) {
      task.store().units().dropCheckpoints(key);
    }
  }

  @Override
  public void close() {
    models.values().forEach(LanguageModel::close);
    classifiers.values().forEach(StepClassifier::close);
    embedders.values().forEach(Embedder::close);
    output.close();
  }
}

package dev.sluice.stages;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a stage finds on a worker while it does a unit. Belongs to one thread. */
public interface UnitContext {

  /** The unit to do. */
  Unit unit();

  /** The run's seed. */
  long seed();

  /** All rows of a port, in order; empty if the unit has no shard of it. */
  <R extends Record> List<R> read(String port, Table<R> table);

  /** The rows of a port one after another, for tables that need not fit in memory. */
  <R extends Record> void forEach(String port, Table<R> table, Consumer<R> consumer);

  /**
   * The same for a stage that does not look at some columns: they need not be read, and then come
   * back null or, where a value is never null, empty, 0 or false.
   */
  default <R extends Record> void forEach(
      String port, Table<R> table, Set<String> without, Consumer<R> consumer) {
    forEach(port, table, consumer);
  }

  /** Whether the unit has a shard of the port. */
  boolean has(String port);

  /**
   * The rows of a table that a like unit of this stage left, perhaps in an earlier run; empty if no
   * such unit is finished. A rerun finds none; one of some rows alone finds the others of this
   * unit.
   */
  default <R extends Record> Optional<List<R>> finished(Unit like, Table<R> table) {
    return Optional.empty();
  }

  /**
   * Begins a table, so that the unit leaves a file of it even without a row. Tables of a chain are
   * cut alike: a unit of which every row died still leaves its (empty) shard for later stages.
   */
  <R extends Record> void begin(Table<R> table);

  /** Adds a row to a table that the stage writes. Rows keep the order in which they are written. */
  <R extends Record> void write(Table<R> table, R row);

  /** Adds a dead letter. Rows that it stands for count as dead. */
  void dead(DeadLetter letter);

  /**
   * Writes the dead letter that the unit left of a row before, if the row is not asked again.
   *
   * @param recordId id of the row
   * @return false if there is none, so that the row is to be made
   */
  default boolean takeOver(String recordId) {
    return false;
  }

  /** Sets the account of the unit; called once, before the end. */
  void count(Counts counts);

  /** Leaves a small result for the driver. */
  void value(String name, double value);

  /**
   * A model by the name that the config or the unit gives it. Shared with other units of the JVM;
   * the context accounts what calls use, shows it as progress and releases the model with the unit.
   */
  LanguageModel model(String name);

  /** A step-classification model by the name that the config gives it. */
  StepClassifier classifier(String name);

  /** A sentence encoder by the name that the config gives it. */
  Embedder embedder(String name);

  /** The folder of a model by name, for a trainer that starts from it. */
  Path modelFolder(String name);

  /** Content hash or revision of a model by name. */
  String modelRevision(String name);

  /** Opens and trains model directories. */
  ModelRuntime models();

  /** A folder of the unit's own that outlives a kill: where a training unit keeps checkpoints. */
  Path checkpoints();

  /** Says that a checkpoint was written: it is to outlive this machine as well. */
  default void keepCheckpoints() {}

  /** Takes the model that the unit leaves: the writer fills an empty folder. */
  void saveModel(Consumer<Path> writer);

  /**
   * Takes files that the unit leaves and that are no model: the writer fills an empty folder and
   * returns a digest of what decides their content, which need not cover where they came from. In
   * place of a model: a unit leaves one folder.
   */
  default void saveFolder(Function<Path, String> writer) {
    throw new UnsupportedOperationException("Folders of files are left in pipeline runs only.");
  }

  /**
   * The folder of the artifact that a port reads, on this machine, with all artifacts that it was
   * made of in their places around it: for programs that read files themselves. The unit's own
   * shards are checked.
   *
   * @throws IllegalStateException if the port is not wired
   */
  default Path artifact(String port) {
    throw new UnsupportedOperationException("Artifacts are read as folders in pipeline runs only.");
  }

  /**
   * The folder of the run that does the unit, on this machine, named after its id; holds the
   * pipeline file. Nothing that decides rows may be read from it.
   */
  default Path runFolder() {
    throw new UnsupportedOperationException("Only pipeline runs have a folder.");
  }

  /** Says how far the unit is: rows done, beyond what was said before. */
  void progress(long rows, long of);

  /** Stops the work by throwing if the run is being interrupted; called between steps. */
  void checkInterrupted();
}

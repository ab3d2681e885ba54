package dev.sluice.stages;

import dev.sluice.records.manifest.ModelFolder;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A stage bound to its config. The driver lays its work out in units; workers do them. Both sides
 * see the same object, which travels serialised and holds nothing but config.
 */
public interface Stage extends Serializable {

  /** On the driver: lays out the units, wave by wave, and says what makes up the artifact. */
  void drive(StageDriver driver);

  /** On a worker: does one unit. Depends on the unit, the config and the seed alone. */
  void work(UnitContext context);

  /**
   * On the driver, in every run once the artifact is there, whether this run or an earlier one made
   * it: delivers what the stage leaves outside of the workspace, if it is not there yet. Called
   * only if the artifact has a folder; the config may have other {@code tuning} keys than when it
   * was made.
   *
   * @param folder the artifact's folder of files, with their hashes
   * @param local a copy of it on this machine, whose files are checked when it is asked for
   * @throws RuntimeException if it cannot be delivered, with a sentence for the user; the run then
   *     fails and keeps the artifact
   */
  default void deliver(ModelFolder folder, Supplier<Path> local) {}
}

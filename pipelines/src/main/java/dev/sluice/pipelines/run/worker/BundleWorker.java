package dev.sluice.pipelines.run.worker;

import dev.sluice.stages.Unit;

/** Does the units that one worker of the engine is handed, one after another. */
@FunctionalInterface
public interface BundleWorker {

  /** Does a unit, finds that it is done, or begins with it. */
  void take(Unit unit);

  /** Waits for what was begun. */
  default void finish() {}
}

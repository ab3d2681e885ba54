package dev.sluice.pipelines.run.worker;

import dev.sluice.stages.Unit;
import java.io.Serializable;

/** What a worker does with a unit. Travels serialised; leaves what it made where it is durable. */
@FunctionalInterface
public interface UnitWork extends Serializable {

  /** Does one unit, or finds that it is done. */
  void work(Unit unit);

  /** What one worker of the engine does with the units that it is handed, one after another. */
  interface Hands {
    /** Does a unit, or begins with it. */
    void take(Unit unit);

    /** Waits for what was begun. */
    void finish();
  }

  /** For one worker, and as long as it is handed units. */
  default Hands hands() {
    return new Hands() {
      @Override
      public void take(Unit unit) {
        work(unit);
      }

      @Override
      public void finish() {
        // Each was done when it was taken.
      }
    };
  }
}

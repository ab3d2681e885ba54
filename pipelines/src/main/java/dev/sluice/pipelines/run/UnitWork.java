package dev.sluice.pipelines.run;

import dev.sluice.stages.Unit;
import java.io.Serializable;

/** What a worker does with a unit. Travels serialised; leaves what it made where it is durable. */
@FunctionalInterface
public interface UnitWork extends Serializable {

  /** Does one unit, or finds that it is done. */
  void work(Unit unit);
}

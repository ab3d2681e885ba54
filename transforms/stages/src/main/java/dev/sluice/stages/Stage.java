package dev.sluice.stages;

import java.io.Serializable;

/**
 * A stage bound to its config. The driver lays its work out in units; workers do them. Both sides
 * see the same object, which travels serialised and holds nothing but config.
 */
public interface Stage extends Serializable {

  /** On the driver: lays out the units, wave by wave, and says what makes up the artifact. */
  void drive(StageDriver driver);

  /** On a worker: does one unit. Depends on the unit, the config and the seed alone. */
  void work(UnitContext context);
}

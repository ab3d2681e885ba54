package dev.sluice.pipelines.run.worker;

/** Ends a unit that trains, between two steps, since the run is asked to stop. */
final class InterruptedUnitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InterruptedUnitException() {
    super("The run was asked to stop.");
  }
}

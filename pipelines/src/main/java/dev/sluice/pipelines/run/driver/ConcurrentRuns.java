package dev.sluice.pipelines.run.driver;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for units that another run is at work on, instead of doing them twice. */
final class ConcurrentRuns {
  private static final long PACE_MILLIS = 250;

  private final String stage;
  private final RunContext run;
  private boolean said;

  ConcurrentRuns(String stage, RunContext run) {
    this.stage = stage;
    this.run = run;
  }

  /**
   * Waits until one of the units is finished or nobody is at it any more.
   *
   * @throws InterruptedRunException if the run is asked to stop meanwhile
   */
  void await(Collection<String> keys) {
    while (true) {
      run.stopIfAsked();
      for (String key : keys) {
        Optional<String> holder = run.store().leases().holder(key);
        if (holder.isEmpty() || run.store().units().has(key)) {
          return;
        }
        if (!said) {
          said = true;
          run.warn(
              stage,
              "%s is at work on the same; waiting for what it does, and doing the rest"
                  .formatted(holder.get()));
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(run.store().workspace().files().pace(PACE_MILLIS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedRunException("The wait for another run was interrupted.");
      }
    }
  }
}

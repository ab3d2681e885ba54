package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.run.folder.Interruption;
import dev.sluice.pipelines.run.folder.WaveProgress;
import dev.sluice.pipelines.store.WorkspacePath;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the job of a run that is asked to stop as soon as no unit is at work: one that waits for
 * slots of a cluster would wait on. Units at work are left to finish.
 */
final class StopGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopGuard.class);
  private static final long PACE_MILLIS = 500;

  /** Looks without a unit at work, so that one that is just being handed over counts. */
  private static final int IDLE_LOOKS = 4;

  private final Interruption interruption;
  private final WorkspacePath progress;
  private final Runnable cancel;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stop-guard");
            thread.setDaemon(true);
            return thread;
          });
  private int idle;

  /**
   * A guard.
   *
   * @param progress where the wave's workers say what they are at
   * @param cancel ends the job
   */
  StopGuard(Interruption interruption, WorkspacePath progress, Runnable cancel) {
    this.interruption = interruption;
    this.progress = progress;
    this.cancel = cancel;
    var unused =
        timer.scheduleWithFixedDelay(this::look, PACE_MILLIS, PACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (!interruption.asked()) {
        return;
      }
      idle = WaveProgress.atWork(progress) == 0 ? idle + 1 : 0;
      if (idle == IDLE_LOOKS) {
        cancel.run();
      }
    } catch (RuntimeException e) {
      LOG.warn("The job could not be looked at or ended.", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.folder.WaveProgress;
import dev.sluice.pipelines.store.WorkspacePath;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a wave's progress while its job runs, and tells the listener. */
final class WaveMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaveMonitor.class);
  private static final long PACE_MILLIS = 250;

  private final WorkspacePath folder;
  private final String stage;
  private final String label;
  private final int units;
  private final int reused;
  private final Consumer<WaveProgress> listener;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watch-wave");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable WaveProgress last;
  private long movedAt = start;

  WaveMonitor(
      WorkspacePath folder,
      String stage,
      String label,
      int units,
      int reused,
      Consumer<WaveProgress> listener) {
    this.folder = folder;
    this.stage = stage;
    this.label = label;
    this.units = units;
    this.reused = reused;
    this.listener = listener;
    long pace = folder.workspace().files().pace(PACE_MILLIS);
    var unused = timer.scheduleWithFixedDelay(this::look, pace, pace, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      long now = System.nanoTime();
      WaveProgress progress =
          WaveProgress.read(
              folder,
              stage,
              label,
              units,
              reused,
              Duration.ofNanos(now - start),
              Duration.ofNanos(now - movedAt));
      if (last == null || progress.moved(last)) {
        movedAt = now;
      }
      last = progress;
      listener.accept(progress);
    } catch (RuntimeException e) {
      // Progress is worth nothing to the result; the next look may see it.
      LOG.debug("The progress of a wave could not be read.", e);
    }
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(2, TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
    WorkerProcess.current().waves().forget(folder);
  }
}

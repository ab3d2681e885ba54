package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Damage;
import dev.sluice.records.Secrets;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What the stages of one run share on the driver.
 *
 * @param folder the run's folder
 * @param store the workspace
 * @param engine where jobs run; asked for when the first job is due
 * @param models opens models on workers
 * @param listener is told what happens
 * @param parallelism most units at work at once; 0 leaves it to the engine
 * @param attempts names of the attempts that this run has begun
 * @param stageProgress what the stage at work has done
 * @param budget what calls to servers may use
 * @param warned what the run has warned of
 */
public record RunContext(
    RunFolder folder,
    ArtifactStore store,
    Supplier<JobRunner> engine,
    ModelHost models,
    RunListener listener,
    int parallelism,
    Set<String> attempts,
    StageProgress stageProgress,
    BudgetLedger budget,
    Set<String> warned) {

  private static final long LOOK_MILLIS = 250;

  JobRunner jobs() {
    return engine.get();
  }

  WaveMonitor watch(String stage, String label, int wave, int units, int reused, boolean trains) {
    return new WaveMonitor(
        folder.progress(stage, wave),
        stage,
        label,
        units,
        reused,
        progress -> {
          stageProgress.wave(progress, trains);
          listener.progress(progress);
          ComputeEnvironment.mixed(progress.kernels()).ifPresent(sentence -> warn(stage, sentence));
          progress.warnings().forEach(sentence -> warn(stage, sentence));
        });
  }

  /** Says something once. */
  void warn(String stage, String said) {
    String message = Secrets.hidden(said);
    if (!warned.add(stage + ": " + message)) {
      return;
    }
    folder.warned(stage, message);
    listener.warning(stage, message);
  }

  /** Sets a damaged file aside and says so. */
  void setAside(String stage, Damage damage) {
    store.setAside(damage);
    warn(
        stage,
        "the file %s is damaged: expected %s, found %s. It is set aside, and its content is recomputed"
            .formatted(store.workspace().file(damage.path()), damage.expected(), damage.actual()));
  }

  /**
   * Does something that waits for others and writes nothing; it is left behind once the run is
   * asked to stop.
   *
   * @throws InterruptedRunException if the run is asked to stop meanwhile
   */
  void unlessStopped(Runnable wait) {
    FutureTask<Void> task = new FutureTask<>(wait, null);
    Thread thread = new Thread(task, "wait");
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      while (true) {
        try {
          task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          stopIfAsked();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedRunException("The wait was interrupted.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } finally {
      task.cancel(true);
    }
  }

  /** Ends the run if it was asked to stop. */
  void stopIfAsked() {
    if (WorkerProcess.current().interruptions().of(folder.stopFile()).asked()) {
      throw new InterruptedRunException(
          "The run %s was stopped; what is finished stays.".formatted(folder.id()));
    }
  }
}

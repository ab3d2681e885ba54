package dev.sluice.pipelines.run.worker;

import dev.sluice.models.openai.OverBudgetException;
import dev.sluice.models.openai.StoppedCallsException;
import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.folder.Interruption;
import dev.sluice.pipelines.run.folder.RunFiles;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.UnitFailure;
import dev.sluice.pipelines.store.Leases;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.records.Secrets;
import dev.sluice.stages.Unit;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.apache.beam.sdk.util.SerializableSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the units of one stage on a worker. A unit that is durable is left alone; one that fails
 * leaves a sentence in the run folder and ends the stage.
 */
public final class StageWorker implements SerializableSupplier<BundleWorker> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(StageWorker.class);

  private final WorkerTask task;

  public StageWorker(WorkerTask task) {
    this.task = task;
  }

  @Override
  public BundleWorker get() {
    WorkspacePath wave =
        RunFolder.of(task.store().workspace(), task.run())
            .progress(task.ready().name(), task.wave());
    return task.ready().waits()
        ? new ConcurrentUnits.Bundle(WorkerProcess.current().waves().units(wave, task), this)
        : unit -> work(unit, () -> {});
  }

  /**
   * Does one unit.
   *
   * @param calling run before every call of a model
   */
  void work(Unit unit, Runnable calling) {
    ReadWriteLock training = WorkerProcess.current().training();
    Lock lock = unit.training() ? training.writeLock() : training.readLock();
    lock.lock();
    try {
      workAlone(unit, calling);
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("try") // The lease works by being held.
  private void workAlone(Unit unit, Runnable calling) {
    RunFolder folder = RunFolder.of(task.store().workspace(), task.run());
    Interruption interruption = WorkerProcess.current().interruptions().of(folder.stopFile());
    if (interruption.asked()
        || RunFiles.exists(folder.failure(task.ready().name()))
        || RunFiles.exists(folder.overBudget())) {
      return;
    }
    String key = unit.key(task.ready().unitPart());
    if (task.store().units().find(key).isPresent()) {
      return;
    }
    Optional<Leases.Taken> lease = task.store().leases().take(key, folder.id());
    if (lease.isEmpty()) {
      // Somebody else is at it: the driver waits for the result, this worker takes the next unit.
      return;
    }
    try (Leases.Taken taken = lease.get()) {
      // It may have been finished between the look and the lease.
      if (task.store().units().find(key).isEmpty()) {
        work(unit, key, folder, interruption, calling);
      }
    }
  }

  private void work(
      Unit unit, String key, RunFolder folder, Interruption interruption, Runnable calling) {
    WaveMeter meter =
        WorkerProcess.current().waves().meter(folder.progress(task.ready().name(), task.wave()));
    meter.began(unit.name());
    boolean done = false;
    try (WorkerContext context = new WorkerContext(task, unit, key, meter, interruption, calling)) {
      task.ready().stage().work(context);
      context.commit();
      done = true;
    } catch (InterruptedUnitException e) {
      LOG.info(
          "The unit {} of the stage {} stopped at a checkpoint.", unit.name(), task.ready().name());
    } catch (StoppedCallsException e) {
      LOG.info(
          "The unit {} of the stage {} stopped waiting for replies; those that came are kept.",
          unit.name(),
          task.ready().name());
    } catch (OverBudgetException e) {
      LOG.info(
          "The unit {} of the stage {} stopped at the budget.", unit.name(), task.ready().name());
      RunFiles.write(folder.overBudget(), e.getMessage() + "\n");
    } catch (RuntimeException | Error e) {
      fail(folder, unit, key, e);
    } finally {
      meter.ended(unit.name(), done);
    }
  }

  private void fail(RunFolder folder, Unit unit, String key, Throwable error) {
    if (error instanceof RuntimeException && task.store().units().find(key).isPresent()) {
      // Another process has finished it meanwhile, and may have let go what it read.
      LOG.info(
          "The unit {} of the stage {} was finished elsewhere.", unit.name(), task.ready().name());
      return;
    }
    Throwable shown = MaskedError.of(error);
    LOG.error("The unit {} of the stage {} failed.", unit.name(), task.ready().name(), shown);
    if (Thread.currentThread().isInterrupted()) {
      // The engine takes the worker away; the unit is not to blame and is done elsewhere or later.
      throw new IllegalStateException(
          "The unit '%s' was taken away.".formatted(unit.name()), shown);
    }
    if (task.rethrows() && mayPass(error)) {
      throw new IllegalStateException(
          Secrets.hidden(
              "Stage '%s', unit '%s': %s"
                  .formatted(task.ready().name(), unit.name(), error.getMessage())),
          shown);
    }
    UnitFailure.of(unit.name(), error).write(folder, task.ready().name());
    if (error instanceof VirtualMachineError fatal) {
      throw fatal;
    }
  }

  /** Whether another worker, or another time, may do better: what reads and writes may. */
  private static boolean mayPass(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}

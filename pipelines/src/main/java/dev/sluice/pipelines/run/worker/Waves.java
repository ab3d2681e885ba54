package dev.sluice.pipelines.run.worker;

import dev.sluice.models.provider.ModelResources;
import dev.sluice.pipelines.store.WorkspacePath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The waves that one process works on, each by the folder of its progress: one meter and one set of
 * open units for all workers of the process.
 */
public final class Waves implements AutoCloseable {
  private final ModelResources models;
  private final Map<WorkspacePath, WaveMeter> meters = new ConcurrentHashMap<>();
  private final Map<WorkspacePath, ConcurrentUnits> units = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "unit");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * None yet.
   *
   * @param models what the models of the process share
   */
  public Waves(ModelResources models) {
    this.models = models;
  }

  /** The meter of a wave. */
  public WaveMeter meter(WorkspacePath wave) {
    return meters.computeIfAbsent(wave, WaveMeter::new);
  }

  /** The units of a wave that are open at once. */
  ConcurrentUnits units(WorkspacePath wave, WorkerTask task) {
    return units.computeIfAbsent(wave, unused -> new ConcurrentUnits(task, threads, models));
  }

  /** The wave is over; nothing of it is needed. */
  public void forget(WorkspacePath wave) {
    meters.remove(wave);
    units.remove(wave);
  }

  /** Ends the threads; units that are open are interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
    meters.clear();
    units.clear();
  }
}

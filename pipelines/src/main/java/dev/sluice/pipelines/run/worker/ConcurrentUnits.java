package dev.sluice.pipelines.run.worker;

import dev.sluice.models.ServerAccess;
import dev.sluice.models.provider.ModelResources;
import dev.sluice.stages.Unit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Units of a wave whose models are all behind servers, several at once in this process: another is
 * begun as soon as the window of requests has room that no unit begun will fill. So the window is
 * full until the last units, and no more of them are open than that takes.
 */
final class ConcurrentUnits {
  private static final int MAX = 64;
  private static final long PACE_MILLIS = 5;

  private final ExecutorService threads;
  private final ModelResources resources;
  private final List<ServerAccess> servers;
  private final int workers;
  private int open;
  private int opening;

  /**
   * Those of a wave in this process; none is open yet.
   *
   * @param threads where units are done
   * @param resources what the models of the process share
   */
  ConcurrentUnits(WorkerTask task, ExecutorService threads, ModelResources resources) {
    this.resources = resources;
    this.threads = threads;
    this.servers =
        task.ready().models().values().stream()
            .flatMap(each -> each.provider().server().stream())
            .toList();
    this.workers = task.calls().workers();
  }

  /** What one worker of the engine does with the units it is handed. */
  static final class Bundle implements BundleWorker {
    private final ConcurrentUnits units;
    private final StageWorker worker;
    private final List<Future<?>> mine = new ArrayList<>();

    Bundle(ConcurrentUnits units, StageWorker worker) {
      this.units = units;
      this.worker = worker;
    }

    @Override
    public void take(Unit unit) {
      try {
        units.awaitRoom();
        mine.add(units.begin(unit, worker));
        collect(false);
      } catch (InterruptedException e) {
        throw takenAway(e);
      }
    }

    @Override
    public void finish() {
      try {
        collect(true);
      } catch (InterruptedException e) {
        throw takenAway(e);
      }
    }

    /** Passes on what units failed of. */
    private void collect(boolean wait) throws InterruptedException {
      Iterator<Future<?>> each = mine.iterator();
      while (each.hasNext()) {
        Future<?> unit = each.next();
        if (!wait && !unit.isDone()) {
          continue;
        }
        each.remove();
        try {
          unit.get();
        } catch (ExecutionException e) {
          mine.forEach(other -> other.cancel(true));
          throw e.getCause() instanceof RuntimeException known
              ? known
              : new IllegalStateException("A unit failed.", e.getCause());
        }
      }
    }

    private IllegalStateException takenAway(InterruptedException e) {
      mine.forEach(unit -> unit.cancel(true));
      Thread.currentThread().interrupt();
      return new IllegalStateException("The worker was taken away.", e);
    }
  }

  private synchronized void awaitRoom() throws InterruptedException {
    while (open >= MAX || opening > 0 || !room()) {
      TimeUnit.MILLISECONDS.timedWait(this, PACE_MILLIS);
    }
    open++;
    opening++;
  }

  private boolean room() {
    return servers.stream().anyMatch(server -> server.hasRoom(workers, resources));
  }

  private Future<?> begin(Unit unit, StageWorker worker) {
    Begun begun = new Begun();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return threads.submit(
        () -> {
          Thread.currentThread().setContextClassLoader(loader);
          try {
            worker.work(unit, begun);
          } finally {
            begun.run();
            end();
          }
        });
  }

  private synchronized void end() {
    open--;
    notifyAll();
  }

  /** Run once a unit asks its model for the first time, or ends without. */
  private final class Begun implements Runnable {
    private boolean done;

    @Override
    public void run() {
      synchronized (ConcurrentUnits.this) {
        if (!done) {
          done = true;
          opening--;
          ConcurrentUnits.this.notifyAll();
        }
      }
    }
  }
}

package dev.sluice.models.openai.wire;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of a window, and what is to be done later. */
public interface Time {
  /** Nanoseconds since some moment. */
  long nanos();

  /** Runs something after a while. */
  void after(Duration wait, Runnable what);

  /** The clock on the wall, with one thread for all that waits. */
  final class Real implements Time, AutoCloseable {
    private final ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("openai-timer"));

    /** A timer of its own; its thread begins with the first wait. */
    public Real() {
      timer.setRemoveOnCancelPolicy(true);
      // A model that is closed after the process has nothing to wait for.
      timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void after(Duration wait, Runnable what) {
      var unused = schedule(wait, what);
    }

    ScheduledFuture<?> schedule(Duration wait, Runnable what) {
      return timer.schedule(what, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What waits is dropped. */
    @Override
    public void close() {
      timer.shutdownNow();
    }
  }

  /** Threads that keep no process alive. */
  static ThreadFactory daemons(String name) {
    ThreadFactory usual = Executors.defaultThreadFactory();
    return task -> {
      Thread thread = usual.newThread(task);
      thread.setName(name);
      thread.setDaemon(true);
      return thread;
    };
  }
}

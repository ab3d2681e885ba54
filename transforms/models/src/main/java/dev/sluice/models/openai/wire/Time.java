package dev.sluice.models.openai.wire;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The clock of a window, and what is to be done later. */
public interface Time {
  /** Nanoseconds since some moment. */
  long nanos();

  /** Runs something after a while. */
  void after(Duration wait, Runnable what);

  /** The clock on the wall. */
  Time REAL = new Real();

  /** One thread for all that waits. */
  final class Real implements Time {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private static ScheduledThreadPoolExecutor timer() {
      ScheduledThreadPoolExecutor timer =
          new ScheduledThreadPoolExecutor(1, daemons("openai-timer"));
      timer.setRemoveOnCancelPolicy(true);
      return timer;
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void after(Duration wait, Runnable what) {
      var unused = schedule(wait, what);
    }

    static ScheduledFuture<?> schedule(Duration wait, Runnable what) {
      return TIMER.schedule(what, wait.toNanos(), TimeUnit.NANOSECONDS);
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

package dev.sluice.models.openai.wire;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Whoever waits is done waiting at once, and the clock has gone on as if he had. */
public final class HurriedTime implements Time, AutoCloseable {
  private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong ahead = new AtomicLong();

  @Override
  public long nanos() {
    return System.nanoTime() + ahead.get();
  }

  @Override
  public void after(Duration wait, Runnable what) {
    var unused =
        threads.schedule(
            () -> {
              ahead.addAndGet(wait.toNanos());
              what.run();
            },
            1,
            TimeUnit.MILLISECONDS);
  }

  /** How far the clock was put ahead. */
  public Duration waited() {
    return Duration.ofNanos(ahead.get());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

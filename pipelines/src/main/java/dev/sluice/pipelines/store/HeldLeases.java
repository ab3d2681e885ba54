package dev.sluice.pipelines.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The leases that one process holds, in whatever workspaces: one timer renews them all. */
public final class HeldLeases implements AutoCloseable {
  private static final long RENEWAL_SECONDS = 15;

  private final Map<String, Leases.Held> held = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService timer;

  void add(Leases.Held lease) {
    held.put(lease.lease().token(), lease);
    renewFromNowOn();
  }

  void remove(String token) {
    held.remove(token);
  }

  boolean contains(String token) {
    return held.containsKey(token);
  }

  private synchronized void renewFromNowOn() {
    if (timer != null) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "renew-leases");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        started.scheduleWithFixedDelay(
            () -> held.values().forEach(Leases.Held::renew),
            RENEWAL_SECONDS,
            RENEWAL_SECONDS,
            TimeUnit.SECONDS);
    timer = started;
  }

  /** Renews no more; who still holds a lease gives it back as usual. */
  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
      timer = null;
    }
  }
}

package dev.sluice.models.openai.wire;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one process to servers, with the threads and the timer behind them, and what
 * was said of the servers.
 */
public final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);
  private static final int IDLE_SECONDS = 30;

  /** One client, and one pool of connections, for each time that a connection may take. */
  private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor threads;
  private final Time.Real time = new Time.Real();
  private final Warnings warnings = new Warnings(LOG::warn);

  /** Nothing is connected, and no thread runs yet. */
  public Connections() {
    int most = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Time.daemons("openai-http"));
    threads.allowCoreThreadTimeOut(true);
  }

  HttpClient client(Duration connectTimeout) {
    return clients.computeIfAbsent(
        connectTimeout,
        timeout ->
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(threads)
                .build());
  }

  /** The clock of the process. */
  public Time.Real time() {
    return time;
  }

  /** What is odd about servers. */
  public Warnings warnings() {
    return warnings;
  }

  /** Ends threads and timer; the clients end with the last request. */
  @Override
  public void close() {
    clients.clear();
    time.close();
    threads.shutdown();
  }
}

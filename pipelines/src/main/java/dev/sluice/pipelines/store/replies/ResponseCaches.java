package dev.sluice.pipelines.store.replies;

import dev.sluice.pipelines.store.Workspace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The response caches that one process has open, one for each workspace, and who writes them. */
public final class ResponseCaches implements AutoCloseable {
  private final Map<Workspace, ResponseCache> open = new ConcurrentHashMap<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "keep-replies");
            thread.setDaemon(true);
            return thread;
          });

  public ResponseCache of(Workspace workspace) {
    return open.computeIfAbsent(workspace, none -> new ResponseCache(workspace, writer));
  }

  /** Takes no further replies; those that were given are written. */
  @Override
  public void close() {
    writer.shutdown();
    open.clear();
  }
}

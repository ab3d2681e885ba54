package dev.sluice.runners.flink;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * A job on a cluster that is asked at a steady pace whether it has ended. Flink's own client waits
 * longer each time, up to two seconds, which every stage and round would pay.
 */
final class PolledJob implements JobClient {
  private static final long PACE_MILLIS = 150;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final JobID id;
  private final ClusterClient<?> client;
  private final ClassLoader loader;
  private final ScheduledExecutorService timer;

  PolledJob(JobID id, ClusterClient<?> client, ClassLoader loader, ScheduledExecutorService timer) {
    this.id = id;
    this.client = client;
    this.loader = loader;
    this.timer = timer;
  }

  @Override
  public JobID getJobID() {
    return id;
  }

  @Override
  public CompletableFuture<JobStatus> getJobStatus() {
    return client.getJobStatus(id);
  }

  @Override
  public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
    return ended()
        .thenCompose(status -> client.requestJobResult(id))
        .thenApply(
            result -> {
              try {
                return result.toJobExecutionResult(loader);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
  }

  private CompletableFuture<JobStatus> ended() {
    CompletableFuture<JobStatus> ended = new CompletableFuture<>();
    ask(ended, System.nanoTime());
    return ended;
  }

  /**
   * Asks until the job has ended. A cluster that does not answer for a while may be busy; the job
   * goes on meanwhile.
   */
  private void ask(CompletableFuture<JobStatus> ended, long answeredAt) {
    var unused =
        getJobStatus()
            .whenComplete(
                (status, error) -> {
                  long now = System.nanoTime();
                  if (error != null && now - answeredAt > PATIENCE_NANOS) {
                    ended.completeExceptionally(error);
                  } else if (error != null) {
                    var unusedRetry =
                        timer.schedule(() -> ask(ended, answeredAt), 1, TimeUnit.SECONDS);
                  } else if (status.isGloballyTerminalState()) {
                    ended.complete(status);
                  } else {
                    var unusedNext =
                        timer.schedule(() -> ask(ended, now), PACE_MILLIS, TimeUnit.MILLISECONDS);
                  }
                });
  }

  @Override
  public CompletableFuture<Void> cancel() {
    return client.cancel(id).thenApply(acknowledge -> null);
  }

  @Override
  public CompletableFuture<String> stopWithSavepoint(
      boolean advanceToEnd, String directory, SavepointFormatType format) {
    return client.stopWithSavepoint(id, advanceToEnd, directory, format);
  }

  @Override
  public CompletableFuture<String> triggerSavepoint(String directory, SavepointFormatType format) {
    return client.triggerSavepoint(id, directory, format);
  }

  @Override
  public CompletableFuture<Map<String, Object>> getAccumulators() {
    return client.getAccumulators(id, loader);
  }
}

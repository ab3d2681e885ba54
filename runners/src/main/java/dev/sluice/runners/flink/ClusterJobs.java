package dev.sluice.runners.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.pipelines.run.driver.JobException;
import dev.sluice.pipelines.run.folder.ClusterJob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Jobs on a cluster whose client is gone: asked about and cancelled over Flink's REST interface.
 */
public final class ClusterJobs {
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");
  private static final int NOT_FOUND = 404;
  private static final int MAX_LOOKS = 60;
  private static final long PACE_MILLIS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClusterJobs() {}

  /**
   * Cancels a job and waits for its end.
   *
   * @return whether it was still at work
   * @throws JobException if the cluster does not answer or does not let go
   */
  public static boolean cancel(ClusterJob job) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    if (ended(client, job)) {
      return false;
    }
    send(client, job, request(job, "?mode=cancel").method("PATCH", BodyPublishers.noBody()));
    for (int look = 0; look < MAX_LOOKS; look++) {
      if (ended(client, job)) {
        return true;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new JobException(
        "The job %s at %s was asked to stop, but has not ended; look at http://%s."
            .formatted(job.id(), job.master(), job.master()));
  }

  private static boolean ended(HttpClient client, ClusterJob job) {
    HttpResponse<String> answer = send(client, job, request(job, "").GET());
    if (answer.statusCode() == NOT_FOUND) {
      // The cluster keeps ended jobs for an hour, or was started anew.
      return true;
    }
    try {
      return ENDED.contains(JSON.readTree(answer.body()).path("state").asText());
    } catch (JsonProcessingException e) {
      throw new JobException(
          "What answers at %s is no Flink cluster: %s"
              .formatted(job.master(), answer.body().lines().findFirst().orElse("nothing")),
          e);
    }
  }

  private static HttpRequest.Builder request(ClusterJob job, String query) {
    return HttpRequest.newBuilder(
            URI.create("http://%s/jobs/%s%s".formatted(job.master(), job.id(), query)))
        .timeout(Duration.ofSeconds(10));
  }

  private static HttpResponse<String> send(
      HttpClient client, ClusterJob job, HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new JobException(
          "No Flink cluster answers at %s (%s), so its job %s cannot be stopped. If the cluster is gone, so is the job."
              .formatted(job.master(), FlinkJobs.rootMessage(e), job.id()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException(
          "Asking the cluster at %s was interrupted.".formatted(job.master()), e);
    }
  }
}

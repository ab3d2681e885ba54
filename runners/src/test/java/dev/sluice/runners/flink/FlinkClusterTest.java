package dev.sluice.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.pipelines.run.folder.ClusterJob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said when there is no cluster, or another one than expected. */
@Tag("flink")
final class FlinkClusterTest {
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private String master;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          requests.add(request);
          String answer = answers.get(request);
          if (request.startsWith("PATCH")) {
            answers.replaceAll((key, value) -> value.replace("RUNNING", "CANCELED"));
          }
          byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    master = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void overview(String version, int slots) {
    String overview =
        """
        {"taskmanagers":1,"slots-total":%d,"slots-available":1,"jobs-running":0,"jobs-finished":0,\
        "jobs-cancelled":0,"jobs-failed":0,"flink-version":"%s","flink-commit":"x"}"""
            .formatted(slots, version);
    answers.put("GET /v1/overview", overview);
    answers.put("GET /overview", overview);
  }

  @Test
  void anotherVersionIsRefused() {
    overview("1.18.1", 2);
    assertThatThrownBy(() -> FlinkCluster.reach(master, List.of()))
        .hasMessage(
            "The cluster at %s runs Flink 1.18.1; this program speaks to Flink 1.19. Use a cluster of that version, or leave --flink-master out to run here."
                .formatted(master));
  }

  @Test
  void aClusterWithoutSlotsIsRefused() {
    overview("1.19.3", 0);
    assertThatThrownBy(() -> FlinkCluster.reach(master, List.of()))
        .hasMessage(
            "The cluster at %s has no task slot; start a TaskManager first.".formatted(master));
  }

  @Test
  void noClusterIsOneSentence() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> FlinkCluster.reach("127.0.0.1:" + free, List.of()))
        .hasMessageStartingWith("No Flink cluster answers at 127.0.0.1:%d (".formatted(free))
        .hasMessageEndingWith(
            "Check the address (the REST port, by default 8081) and that the JobManager runs, or leave --flink-master out to run here.");
    assertThatThrownBy(() -> FlinkCluster.reach("nonsense", List.of()))
        .hasMessage(
            "The value of --flink-master is host:port, such as 127.0.0.1:8081, not 'nonsense'.");
    assertThatThrownBy(() -> ClusterJobs.cancel(new ClusterJob("127.0.0.1:" + free, "j1", "x")))
        .hasMessageStartingWith("No Flink cluster answers at 127.0.0.1:%d (".formatted(free))
        .hasMessageEndingWith(
            "so its job j1 cannot be stopped. If the cluster is gone, so is the job.");
  }

  @Test
  void aJobAtWorkIsCancelledAndOneThatEndedIsNot() {
    answers.put("GET /jobs/j1", "{\"jid\":\"j1\",\"state\":\"RUNNING\"}");
    answers.put("PATCH /jobs/j1?mode=cancel", "{}");
    assertThat(ClusterJobs.cancel(new ClusterJob(master, "j1", "x"))).isTrue();
    assertThat(requests)
        .containsExactly("GET /jobs/j1", "PATCH /jobs/j1?mode=cancel", "GET /jobs/j1");

    assertThat(ClusterJobs.cancel(new ClusterJob(master, "j1", "x"))).isFalse();
    assertThat(ClusterJobs.cancel(new ClusterJob(master, "unknown", "x"))).isFalse();
  }
}

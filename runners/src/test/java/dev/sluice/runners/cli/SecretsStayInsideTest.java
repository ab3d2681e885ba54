package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a file takes from the environment is in no file of a workspace, and in nothing that is said.
 */
@Tag("flink")
final class SecretsStayInsideTest {
  private static final String SECRET = "s3cret-of-mine";
  private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", SECRET);

  private static final String FILE =
      """
      name: quiet
      models:
        solver: {provider: openai, base_url: "%s/${TOKEN}/v1", model: m, revision: "1", max_attempts: 1}
      pipeline:
        type: composite
        transforms:
          - {type: SynthesizeProblems, name: made,
             config: {source: {kind: file, path: "${TOKEN}.jsonl", columns: {question: q}}, error_handling: {threshold: 1}}}
          - {type: SampleSolutions, name: solved, input: made,
             config: {model: solver, samples: 1, stop: ["${TOKEN}"], error_handling: {threshold: 1}}}
      alerts:
        - {on: failure, webhook: "%s/${TOKEN}/hook"}
      """;

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** A good reply with an ending that is warned of, and one that quotes what it was asked with. */
  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean models = exchange.getRequestURI().getPath().endsWith("/models");
    boolean good = models || asked.incrementAndGet() == 1;
    String text =
        models
            ? "{\"data\": [{\"id\": \"m\"}]}"
            : good
                ? "{\"choices\": [{\"message\": {\"content\": \"7\"}, \"finish_reason\": \"paused\"}]}"
                : "{\"error\": {\"message\": \"cannot serve %s: %d bytes\"}}"
                    .formatted(SECRET, body.length);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(good ? 200 : 400, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void nowhere(Path folder, Said said) throws IOException {
    assertThat(said.out() + said.err()).doesNotContain(SECRET);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1))
            .as("%s", each)
            .doesNotContain(SECRET);
      }
    }
  }

  private static Said child(Path folder, String... words) throws Exception {
    try (Child child = Child.start(folder, ENVIRONMENT, words)) {
      return child.end();
    }
  }

  @Test
  void environmentOfAFile_isWrittenAndSaidNowhere(@TempDir Path folder) throws Exception {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Path workspace = folder.resolve("workspace");
    Files.writeString(folder.resolve("quiet.yaml"), FILE.formatted(url, url));
    Files.writeString(
        folder.resolve(SECRET + ".jsonl"), "{\"q\": \"one\"}\n{\"q\": \"two\"}\n{\"p\": 3}\n");
    Said said = child(folder, "run", "quiet.yaml", "--runner", "direct", "--log-level", "debug");
    assertThat(said.code()).as(said.err()).isZero();
    // What was warned of and what died speak of the server, with the variable in place of its
    // value.
    assertThat(said.err()).contains("/${TOKEN}/v1 ends a reply with finish_reason 'paused'");
    nowhere(workspace, said);
    String run =
        child(folder, "runs", "--json").json().path("runs").path(0).path("run_id").asText();
    Said letters =
        child(
            folder, "inspect", run + "/solved", "--table", "dead_letters", "--rows", "9", "--json");
    assertThat(letters.out()).contains("cannot serve ${TOKEN}");
    for (String[] words :
        List.of(
            new String[] {"validate", "quiet.yaml"},
            new String[] {"plan", "quiet.yaml", "--set", "seed=3"},
            new String[] {"status"},
            new String[] {"runs"})) {
      nowhere(workspace, child(folder, words));
    }
    server.stop(0);
    Said failed = child(folder, "run", "quiet.yaml", "--runner", "direct", "--set", "seed=3");
    assertThat(failed.code()).as(failed.err()).isEqualTo(ExitCode.MISTAKE);
    nowhere(workspace, failed);
  }
}

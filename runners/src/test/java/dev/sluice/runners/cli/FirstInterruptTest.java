package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wherever the program waits, the first Ctrl-C ends it with the right exit code and a sentence.
 * Each case is a process of its own that has come to its wait when the signal is sent.
 */
@Tag("flink")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirstInterruptTest {
  private static final String FILE =
      """
      name: waits
      models:
        solver: {provider: openai, base_url: "%s", model: m, revision: "1", endpoint: completions,
                 timeouts: {first_token: 300s, total: 600s}}
      pipeline:
        type: chain
        transforms:
          - {type: SynthesizeProblems, name: made, config: {source: {kind: arithmetic, count: 4, ops: {min: 3, max: 3}}, shard_problems: 1}}
          - {type: SampleSolutions, name: solved, config: {model: solver, samples: 1}}
      """;

  /** Where a program waits. */
  enum Wait {
    /** {@code validate}, for a list of models that does not come. */
    MODELS_AT_VALIDATE(
        ExitCode.INTERRUPTED, "'sluice validate' was ended by a signal (Ctrl-C or SIGTERM).\n"),
    /** {@code run}, for the same before there is a run. */
    MODELS_AT_RUN(
        ExitCode.INTERRUPTED, "'sluice run' was ended by a signal (Ctrl-C or SIGTERM).\n"),
    /** {@code run}, for a server that is busy with other things when the stage begins. */
    MODELS_AT_STAGE(ExitCode.INTERRUPTED, "To continue: sluice resume "),
    /**
     * {@code run}, for replies: one that never begins, one that trickles in, another try after an
     * error, and the end of a {@code Retry-After} of ten minutes, all at once.
     */
    REPLIES(ExitCode.INTERRUPTED, "To continue: sluice resume "),
    /** {@code run}, for a unit that another run is at. */
    OTHER_RUN(ExitCode.INTERRUPTED, "To continue: sluice resume "),
    /** {@code status --watch}, for the end of a run. */
    WATCH(ExitCode.INTERRUPTED, " goes on; the watch was ended by a signal (Ctrl-C or SIGTERM).\n"),
    /** {@code run}, for a cluster that does not answer. */
    CLUSTER(ExitCode.INTERRUPTED, "'sluice run' was ended by a signal (Ctrl-C or SIGTERM).\n"),
    /** {@code serve}, for the next fire. */
    DAEMON(ExitCode.DONE, " ended by a signal (Ctrl-C or SIGTERM)\n");

    final int code;
    final String sentence;

    Wait(int code, String sentence) {
      this.code = code;
      this.sentence = sentence;
    }
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Queue<Socket> held = new ConcurrentLinkedQueue<>();
  private final AtomicInteger replies = new AtomicInteger();
  private final Map<Wait, Future<Said>> ends = new ConcurrentHashMap<>();
  private final CompletableFuture<Said> watched = new CompletableFuture<>();
  private HttpServer server;

  @BeforeAll
  void startAll(@TempDir Path top) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    ExecutorService few = Executors.newFixedThreadPool(4);
    for (Wait wait : Wait.values()) {
      Path folder = Files.createDirectory(top.resolve(wait.name()));
      if (wait == Wait.OTHER_RUN || wait == Wait.WATCH) {
        continue;
      }
      ends.put(wait, few.submit(() -> end(wait, folder)));
    }
    ends.put(Wait.OTHER_RUN, few.submit(() -> besideAnother(top.resolve("OTHER_RUN"))));
    ends.put(Wait.WATCH, watched);
    few.shutdown();
    assertThat(few.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
  }

  @AfterAll
  void stop() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    for (Socket socket : held) {
      socket.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Wait.class)
  void firstInterrupt_endsTheWait(Wait wait) throws Exception {
    Said said = Objects.requireNonNull(ends.get(wait)).get();
    assertThat(said.err()).contains(wait.sentence).doesNotContain("Exception", "\tat ");
    assertThat(said.code()).as(said.err()).isEqualTo(wait.code);
  }

  private String url(Wait wait) {
    return "http://127.0.0.1:%d/%s/v1".formatted(server.getAddress().getPort(), wait);
  }

  private Said end(Wait wait, Path folder) throws Exception {
    Files.writeString(folder.resolve("waits.yaml"), FILE.formatted(url(wait)));
    return switch (wait) {
      case MODELS_AT_VALIDATE -> interrupted(wait, "/v1/models", folder, "validate", "waits.yaml");
      case MODELS_AT_RUN -> interrupted(wait, "/v1/models", folder, "run", "waits.yaml");
      case CLUSTER -> cluster(folder);
      case DAEMON -> daemon(folder);
      case MODELS_AT_STAGE ->
          interrupted(wait, "/third", folder, "run", "waits.yaml", "--runner", "direct");
      default ->
          interrupted(
              wait,
              "/all",
              folder,
              "run",
              "waits.yaml",
              "--runner",
              "direct",
              "--parallelism",
              "4");
    };
  }

  private static Said daemon(Path folder) throws Exception {
    try (Child child = Child.start(folder, "serve", "--port", "0")) {
      child.untilSaid("/health");
      child.signal("INT");
      return child.end();
    }
  }

  /** Sends the signal as soon as the server was asked for something. */
  private Said interrupted(Wait wait, String path, Path folder, String... words) throws Exception {
    try (Child child = Child.start(folder, words)) {
      child.until(() -> asked.contains(wait + path));
      child.signal("INT");
      return child.end();
    }
  }

  /** The same to processes that wait for a first one, which waits for its server. */
  private Said besideAnother(Path folder) throws Exception {
    Files.writeString(folder.resolve("waits.yaml"), FILE.formatted(url(Wait.OTHER_RUN)));
    // One shard, so that nothing is left for the second run.
    String shards = "pipeline.transforms.made.config.shard_problems=4";
    String[] run = {"run", "waits.yaml", "--runner", "direct", "--set", shards};
    try (Child first = Child.start(folder, run)) {
      first.until(() -> asked.contains(Wait.OTHER_RUN + "/v1/completions"));
      try (Child watch = Child.start(folder, "status", "--watch")) {
        watch.untilSaid("solved");
        watch.signal("INT");
        watched.complete(watch.end());
      }
      try (Child second = Child.start(folder, run)) {
        second.untilSaid("is at work on the same");
        second.signal("INT");
        return second.end();
      } finally {
        first.signal("TERM");
        assertThat(first.end().code()).isEqualTo(ExitCode.INTERRUPTED);
      }
    }
  }

  private Said cluster(Path folder) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      threads.execute(
          () -> {
            try {
              while (true) {
                held.add(silent.accept());
                asked.add(Wait.CLUSTER + "/cluster");
              }
            } catch (IOException e) {
              // The test is over.
            }
          });
      Files.writeString(folder.resolve("waits.yaml"), FILE.formatted(url(Wait.CLUSTER)));
      String master = "127.0.0.1:" + silent.getLocalPort();
      return interrupted(
          Wait.CLUSTER, "/cluster", folder, "run", "waits.yaml", "--flink-master", master);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Wait wait = Wait.valueOf(path.substring(1, path.indexOf('/', 1)));
    exchange.getRequestBody().readAllBytes();
    String what = wait + path.substring(path.indexOf('/', 1));
    boolean again = !asked.add(what);
    boolean models = path.endsWith("/models");
    if (models && wait == Wait.MODELS_AT_STAGE) {
      // The look before the run, that before the stage, and the first wait for another try.
      if (again && !asked.add(wait + "/second")) {
        asked.add(wait + "/third");
      }
      send(exchange, 503, "{}");
    } else if (models && wait != Wait.MODELS_AT_VALIDATE && wait != Wait.MODELS_AT_RUN) {
      send(exchange, 200, "{\"data\": [{\"id\": \"m\"}]}");
    } else if (wait == Wait.REPLIES) {
      reply(exchange, replies.incrementAndGet());
    }
    // Else nothing, ever.
  }

  private void reply(HttpExchange exchange, int number) throws IOException {
    if (number == 4) {
      asked.add(Wait.REPLIES + "/all");
    }
    switch (number) {
      case 1 -> Dribble.forever(exchange);
      case 2 -> send(exchange, 500, "{}");
      case 4 -> {
        exchange.getResponseHeaders().set("Retry-After", "600");
        send(exchange, 429, "{}");
      }
      default -> {} // nothing, ever
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

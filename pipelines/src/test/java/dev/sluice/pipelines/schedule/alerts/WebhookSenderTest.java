package dev.sluice.pipelines.schedule.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.records.Hashes;
import dev.sluice.records.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookSenderTest extends ChannelContract {
  /** What the receiver logs is its own business. */
  private static final Logger RECEIVER = Logger.getLogger("com.sun.net.httpserver");

  private final Queue<Integer> codes = new ConcurrentLinkedQueue<>();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger tries = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  WebhookSenderTest() throws IOException {
    RECEIVER.setLevel(Level.OFF);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    tries.incrementAndGet();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        "%s %s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("Authorization")));
    Integer code = codes.poll();
    if (code != null && code == 0) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    if (code == null || code / 100 == 2) {
      bodies.add(body);
    }
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1/elsewhere");
    exchange.sendResponseHeaders(code == null ? 204 : code, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private String url(int port) {
    return "http://bot:%1$s@127.0.0.1:%2$d/services/%1$s?token=%1$s".formatted(SECRET, port);
  }

  @Override
  Channel sender(Duration limit) {
    return new WebhookSender(url(server.getAddress().getPort()), limit);
  }

  @Override
  Channel toNobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return new WebhookSender(url(free.getLocalPort()), SHORT);
    }
  }

  @Override
  void script(Answer... answers) {
    for (Answer answer : answers) {
      codes.add(
          switch (answer) {
            case ACCEPTS -> 200;
            case FAILS -> 503;
            case REFUSES -> 404;
            case HANGS -> 0;
          });
    }
  }

  @Override
  int tries() {
    return tries.get();
  }

  @Override
  List<String> accepted() {
    return bodies;
  }

  @Override
  String receiver() {
    return "webhook http://127.0.0.1";
  }

  @Test
  void postsToTheWholeAddress() {
    assertThat(sender(LONG).send(RAISED)).isEqualTo(new Delivery.Delivered());
    String pair =
        Base64.getEncoder().encodeToString(("bot:" + SECRET).getBytes(StandardCharsets.UTF_8));
    assertThat(seen)
        .containsExactly(
            "POST /services/%1$s?token=%1$s application/json %2$s Basic %3$s"
                .formatted(SECRET, Hashes.id("webhook", RAISED.id()), pair));
  }

  @ParameterizedTest
  @CsvSource({
    "200, Delivered[]",
    "202, Delivered[]",
    "307, GivenUp[problem=The webhook http://127.0.0.1 answers 307.]",
    "400, GivenUp[problem=The webhook http://127.0.0.1 answers 400.]",
    "410, GivenUp[problem=The webhook http://127.0.0.1 answers 410.]",
    "408, NotYet[problem=The webhook http://127.0.0.1 answers 408.]",
    "429, NotYet[problem=The webhook http://127.0.0.1 answers 429.]",
    "500, NotYet[problem=The webhook http://127.0.0.1 answers 500.]",
  })
  void judgesCodes(int code, String delivery) {
    codes.add(code);
    assertThat(sender(LONG).send(RAISED)).hasToString(delivery);
  }

  @ParameterizedTest
  @CsvSource({"ftp://host/hunter2", "https:///hunter2", "hunter2", "http://ho st/hunter2"})
  void refusesWhatIsNoAddressWithoutShowingIt(String url) {
    assertThatThrownBy(() -> new WebhookSender(url, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A webhook must be an address such as https://example.com/hook; what it is instead is not shown, since it may hold a secret.")
        .hasNoCause();
  }

  @Test
  void receiverFromTheEnvironment_isShownByItsVariable() {
    Secrets.add("t0ken-in-a-host", "${HOOK_TOKEN}");
    assertThat(new WebhookSender("https://t0ken-in-a-host.example/x", LONG).receiver())
        .isEqualTo("webhook https://${HOOK_TOKEN}.example");
    assertThat(new CommandSender("t0ken-in-a-host --now", LONG).receiver())
        .isEqualTo("command ${HOOK_TOKEN}");
  }
}

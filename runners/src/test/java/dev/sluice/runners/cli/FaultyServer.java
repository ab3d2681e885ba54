package dev.sluice.runners.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that answers three of ten tries of a prompt with a fault. Which, is drawn from prompt
 * and try alone, so that it is known beforehand whoever comes when.
 */
final class FaultyServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is wrong, and what a row dies of if that was its last try; empty if it lives. */
  enum Fault {
    NONE(""),
    BUSY_FOR_A_SECOND("rate_limited"),
    BUSY("rate_limited"),
    BROKEN("server_error"),
    BAD_GATEWAY("server_error"),
    CUT("connection"),
    CLOSED("connection"),
    NO_CHOICES("malformed_reply"),
    NO_JSON("malformed_reply"),
    NAN_USAGE("malformed_reply"),
    NEGATIVE_USAGE(""),
    FILTERED("content_filter"),
    ODD_ENDING(""),
    STALL("timeout"),
    DRIBBLE("timeout"),
    GZIP("malformed_reply"),
    WRONG_TYPE("malformed_reply"),
    HUGE("malformed_reply"),
    HTML("malformed_reply"),
    UNPAIRED(""),
    OVERLONG("");

    final String errorClass;

    Fault(String errorClass) {
      this.errorClass = errorClass;
    }
  }

  /** A prompt's end: what its last try met, and how many there were. */
  record End(Fault last, int tries) {
    boolean dead() {
      return !last.errorClass.isEmpty();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Integer> tries = new ConcurrentHashMap<>();
  private volatile boolean healthy;

  FaultyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.createContext(
        "/v1/models",
        exchange -> send(exchange, 200, "application/json", "{\"data\": [{\"id\": \"faulty\"}]}"));
    server.createContext("/v1/completions", this::complete);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** From now on every answer is as it should be. */
  void heal() {
    healthy = true;
  }

  /** How often each prompt was asked. */
  Map<String, Integer> tries() {
    return Map.copyOf(tries);
  }

  /** What a try of a prompt meets. */
  static Fault drawn(String prompt, int attempt) {
    Fault[] all = Fault.values();
    long drawn = Hashes.seed(7, "fault", "", 0, prompt, attempt) >>> 1;
    return drawn % 10 < 3 ? all[1 + (int) (drawn / 10 % (all.length - 1))] : Fault.NONE;
  }

  /** How a prompt ends that is tried so many times; a wait that was asked for is no try. */
  static End end(String prompt, int maxAttempts) {
    int spent = 0;
    for (int attempt = 1; ; attempt++) {
      Fault fault = drawn(prompt, attempt);
      spent += fault == Fault.BUSY_FOR_A_SECOND ? 0 : 1;
      boolean retried = !fault.errorClass.isEmpty() && fault != Fault.FILTERED;
      if (!retried || spent == maxAttempts) {
        return new End(fault, attempt);
      }
    }
  }

  private void complete(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String prompt = body.path("prompt").asText();
    int attempt = tries.merge(prompt, 1, Integer::sum);
    Fault fault = healthy ? Fault.NONE : drawn(prompt, attempt);
    try {
      answer(exchange, fault);
    } catch (IOException e) {
      exchange.close(); // the client has gone
    }
  }

  private void answer(HttpExchange exchange, Fault fault) throws IOException {
    String json = "application/json";
    String whole = reply("Answer: 7", "stop", "{\"prompt_tokens\": 11, \"completion_tokens\": 3}");
    switch (fault) {
      case BUSY_FOR_A_SECOND -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        send(exchange, 429, json, "{\"error\": {\"message\": \"slow down\"}}");
      }
      case BUSY -> send(exchange, 429, json, "{\"error\": {\"message\": \"slow down\"}}");
      case BROKEN -> send(exchange, 500, json, "{\"error\": {\"message\": \"oops\"}}");
      case BAD_GATEWAY -> send(exchange, 502, "text/html", "<html>502 Bad Gateway</html>");
      case CUT -> {
        exchange.getResponseHeaders().set("Content-Type", json);
        exchange.sendResponseHeaders(200, whole.length());
        exchange.getResponseBody().write(whole.substring(0, 20).getBytes(StandardCharsets.UTF_8));
        exchange.close();
      }
      case CLOSED -> exchange.close();
      case NO_CHOICES -> send(exchange, 200, json, "{\"choices\": []}");
      case NO_JSON -> send(exchange, 200, json, "{\"choices\": [{'text': nothing");
      case NAN_USAGE ->
          send(exchange, 200, json, reply("Answer: 7", "stop", "{\"prompt_tokens\": NaN}"));
      case NEGATIVE_USAGE ->
          send(exchange, 200, json, reply("Answer: 7", "stop", "{\"completion_tokens\": -4}"));
      case FILTERED -> send(exchange, 200, json, reply("", "content_filter", "{}"));
      case ODD_ENDING -> send(exchange, 200, json, reply("Answer: 7", "paused", "{}"));
      case STALL -> {} // nothing, ever
      case DRIBBLE -> Dribble.forever(exchange);
      case GZIP -> {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        send(exchange, 200, json, "\u001f\u008b\b\u0000garbage");
      }
      case WRONG_TYPE -> send(exchange, 200, "text/plain", whole);
      case HUGE -> send(exchange, 200, json, " ".repeat(17 << 20) + whole);
      case HTML -> send(exchange, 200, "text/html", "<html>wait</html>");
      case UNPAIRED -> send(exchange, 200, json, reply("Answer: 7\\ud800", "stop", "{}"));
      case OVERLONG ->
          send(exchange, 200, json, reply("Answer: 7 " + "so ".repeat(500), "stop", "{}"));
      default -> send(exchange, 200, json, whole);
    }
  }

  private static String reply(String text, String ending, String usage) {
    return "{\"choices\": [{\"index\": 0, \"text\": \"%s\", \"finish_reason\": \"%s\"}], \"usage\": %s}"
        .formatted(text, ending, usage);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Every kind of fault that some tries of some prompts meet. */
  static Set<Fault> met(Map<String, Integer> tries) {
    Set<Fault> met = new TreeSet<>();
    tries.forEach(
        (prompt, count) -> {
          for (int attempt = 1; attempt <= count; attempt++) {
            met.add(drawn(prompt, attempt));
          }
        });
    return met;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

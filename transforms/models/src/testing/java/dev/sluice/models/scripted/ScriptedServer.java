package dev.sluice.models.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.Sampling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A server on this machine that speaks OpenAI's interface and answers by script: for tests of what
 * calls a server. It fails as it is told to, and counts what it was asked and what it would charge.
 */
public final class ScriptedServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";

  static {
    // Without it every small reply waits for an acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** How it answers. */
  public enum Fault {
    /** As it should. */
    NONE,
    /** 429 with {@code Retry-After: 1}. */
    BUSY_FOR_A_SECOND,
    /** 429 without. */
    BUSY,
    /** 500. */
    BROKEN,
    /** The connection ends without a byte. */
    RESET,
    /** Half of the JSON. */
    TRUNCATED,
    /** A page of HTML with status 200. */
    HTML,
    /** Nothing, ever. */
    STALL,
    /** As it should, but with a {@code finish_reason} of its own making. */
    ODD_ENDING,
    /** A reply that a filter held back. */
    FILTERED,
    /** 400 that speaks of a context of too few tokens. */
    TOO_LONG,
    /** 400 that speaks of a key of the body. */
    REFUSED,
    /** 401. */
    UNAUTHORIZED
  }

  /**
   * A request.
   *
   * @param path such as {@code /v1/completions}
   * @param prompt the prompt, or what the user says
   * @param samples how many completions are asked for
   * @param body all of it
   * @param authorization the header; empty if there is none
   */
  public record Asked(
      String path, String prompt, int samples, JsonNode body, String authorization) {}

  private final HttpServer server;
  private final ScriptedLanguageModel model;
  private final Function<Asked, Fault> faults;
  private final Function<Asked, Duration> latency;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final AtomicLong charged = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicLong mostInFlight = new AtomicLong();
  private volatile int mostSamples = Integer.MAX_VALUE;

  private ScriptedServer(
      ScriptedLanguageModel model,
      Function<Asked, Fault> faults,
      Function<Asked, Duration> latency,
      int port) {
    this.model = model;
    this.faults = faults;
    this.latency = latency;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
    } catch (IOException e) {
      throw new UncheckedIOException("No server can be started on this machine.", e);
    }
    server.createContext("/v1/models", this::models);
    server.createContext("/v1/chat/completions", this::complete);
    server.createContext("/v1/completions", this::complete);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
  }

  /** A server that answers as it should. */
  public static ScriptedServer of(ScriptedLanguageModel model) {
    return of(model, asked -> Fault.NONE);
  }

  /** A server that fails at some requests. */
  public static ScriptedServer of(ScriptedLanguageModel model, Function<Asked, Fault> faults) {
    return of(model, faults, asked -> Duration.ZERO, 0);
  }

  /**
   * A server that takes its time.
   *
   * @param port 0 for any that is free
   */
  public static ScriptedServer of(
      ScriptedLanguageModel model,
      Function<Asked, Fault> faults,
      Function<Asked, Duration> latency,
      int port) {
    return new ScriptedServer(model, faults, latency, port);
  }

  /** Answers a request for more samples than so many with 400. */
  public ScriptedServer takingSamples(int most) {
    mostSamples = most;
    return this;
  }

  /** Its address, with {@code /v1}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** What it was asked so far, lists of models left out. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** How many requests it was asked so far. */
  public int count() {
    return asked.size();
  }

  /** Tokens that it would charge for: of every request that it worked on, answered or not. */
  public long charged() {
    return charged.get();
  }

  /** Requests that it has at this moment. */
  public long inFlight() {
    return inFlight.get();
  }

  /** Most requests that it had at once. */
  public long mostInFlight() {
    return mostInFlight.get();
  }

  private void models(HttpExchange exchange) throws IOException {
    ObjectNode list = JSON.createObjectNode().put("object", "list");
    list.putArray("data").addObject().put("id", model.info().name()).put("object", "model");
    send(exchange, 200, JSON_TYPE, JSON.writeValueAsBytes(list));
  }

  private void complete(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String prompt =
        body.has("messages")
            ? body.path("messages").path(body.path("messages").size() - 1).path("content").asText()
            : body.path("prompt").asText();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Asked one =
        new Asked(
            exchange.getRequestURI().getPath(),
            prompt,
            body.path("n").asInt(1),
            body,
            authorization == null ? "" : authorization);
    asked.add(one);
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    Fault fault = faults.apply(one);
    if (fault == Fault.STALL) {
      inFlight.decrementAndGet();
      return;
    }
    var unused =
        timer.schedule(
            () -> answer(exchange, one, fault), latency.apply(one).toNanos(), TimeUnit.NANOSECONDS);
  }

  private void answer(HttpExchange exchange, Asked one, Fault fault) {
    inFlight.decrementAndGet();
    try {
      switch (fault) {
        case BUSY_FOR_A_SECOND -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          error(exchange, 429, "slow down");
        }
        case BUSY -> error(exchange, 429, "slow down");
        case BROKEN -> error(exchange, 500, "an internal error");
        case UNAUTHORIZED ->
            error(exchange, 401, "Incorrect API key provided: " + one.authorization());
        case TOO_LONG ->
            error(
                exchange,
                400,
                "the prompt has %d tokens, the context 16".formatted(one.prompt().length()));
        case REFUSED -> error(exchange, 400, "unknown key in the body");
        case RESET -> exchange.close();
        case HTML ->
            send(exchange, 200, "text/html", "<html>wait</html>".getBytes(StandardCharsets.UTF_8));
        default -> reply(exchange, one, fault);
      }
    } catch (IOException e) {
      exchange.close(); // the client has gone
    }
  }

  private void reply(HttpExchange exchange, Asked one, Fault fault) throws IOException {
    if (one.samples() > mostSamples) {
      error(exchange, 400, "n must be at most " + mostSamples);
      return;
    }
    JsonNode body = one.body();
    List<String> stop = new ArrayList<>();
    body.path("stop").forEach(each -> stop.add(each.asText()));
    Sampling sampling =
        new Sampling(
            body.path("temperature").asDouble(1),
            body.path("top_p").asDouble(1),
            body.path("top_k").asInt(0),
            body.path("max_tokens").asInt(16),
            stop);
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < one.samples(); i++) {
      seeds.add(body.path("seed").asLong() + i);
    }
    Generation made =
        model.generate(List.of(new GenerationRequest(one.prompt(), sampling, seeds))).get(0);
    if (made.error() != null) {
      error(exchange, 400, made.error());
      return;
    }
    long completion = made.completions().stream().mapToLong(Completion::tokenCount).sum();
    charged.addAndGet(made.promptTokens() + completion);
    byte[] json = JSON.writeValueAsBytes(json(one, made, completion, fault));
    send(
        exchange,
        200,
        JSON_TYPE,
        fault == Fault.TRUNCATED
            ? new String(json, 0, json.length / 2, StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1)
            : json);
  }

  private ObjectNode json(Asked one, Generation made, long completionTokens, Fault fault) {
    ObjectNode json =
        JSON.createObjectNode().put("id", "scripted").put("model", model.info().name());
    ArrayNode choices = json.putArray("choices");
    for (Completion completion : made.completions()) {
      ObjectNode choice = choices.addObject().put("index", choices.size() - 1);
      choice.put(
          "finish_reason",
          fault == Fault.ODD_ENDING
              ? "paused"
              : fault == Fault.FILTERED
                  ? "content_filter"
                  : completion.finishReason() == Completion.FinishReason.STOP ? "stop" : "length");
      boolean chat = one.path().contains("chat");
      if (chat) {
        choice.putObject("message").put("role", "assistant").put("content", completion.text());
      } else {
        choice.put("text", completion.text());
      }
      if (one.body().has("logprobs")) {
        logprobs(choice.putObject("logprobs"), completion, chat);
      }
    }
    json.putObject("usage")
        .put("prompt_tokens", made.promptTokens())
        .put("completion_tokens", completionTokens);
    return json;
  }

  private void logprobs(ObjectNode logprobs, Completion completion, boolean chat) {
    for (int t = 0; t < completion.logprobs().length; t++) {
      String piece = model.decode(new int[] {completion.tokens()[t]});
      if (chat) {
        logprobs
            .withArray("/content")
            .addObject()
            .put("token", piece)
            .put("logprob", completion.logprobs()[t]);
      } else {
        logprobs.withArray("/tokens").add(piece);
        logprobs.withArray("/token_logprobs").add(completion.logprobs()[t]);
      }
    }
  }

  private static void error(HttpExchange exchange, int status, String message) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("error").put("message", message);
    send(exchange, status, JSON_TYPE, JSON.writeValueAsBytes(json));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    if (server.getExecutor() instanceof java.util.concurrent.ExecutorService threads) {
      threads.shutdownNow();
    }
  }
}

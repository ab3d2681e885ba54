package dev.sluice.models.openai.wire;

import dev.sluice.models.provider.OpenAiSpec;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Sends requests over the JDK's client: no thread waits for an answer. */
public final class Transport {
  /** How long a list of models may take. */
  public static final Duration LIST_TIMEOUT = Duration.ofSeconds(20);

  /** Bytes of a list of models or of an error, or of a reply beside its tokens, at the most. */
  private static final long MANY_BYTES = 16L << 20;

  /** Bytes of any reply at the most. */
  private static final long MAX_BYTES = 256L << 20;

  private static final long BYTES_OF_TOKEN = 1L << 10;

  private final OpenAiSpec spec;
  private final ApiKey key;
  private final Protocol protocol;
  private final HttpClient client;
  private final Time.Real time;

  /**
   * Requests of one model.
   *
   * @param connections those of the process
   */
  public Transport(OpenAiSpec spec, ApiKey key, Connections connections) {
    this.spec = spec;
    this.key = key;
    this.protocol = new Protocol(spec, key, connections.warnings());
    this.time = connections.time();
    this.client = connections.client(spec.connectTimeout());
  }

  public Protocol protocol() {
    return protocol;
  }

  /**
   * Sends one request.
   *
   * @param server its address
   * @param bound tokens of the request at the most
   * @return never ends with an exception
   */
  public CompletableFuture<Outcome> send(String server, byte[] body, TokenBound bound) {
    HttpRequest request =
        request(server + protocol.path())
            .timeout(spec.firstTokenTimeout())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return within(spec.totalTimeout(), client.sendAsync(request, BoundedBody.of(mostBytes(bound))))
        .handle(
            (response, error) ->
                error != null
                    ? trouble(error)
                    : read(
                        server, response.statusCode(), response.headers(), response.body(), bound));
  }

  /** Bytes of a reply at the most: each token with its text, its log-probability and escapes. */
  private static long mostBytes(TokenBound bound) {
    return MANY_BYTES + Math.min(MAX_BYTES - MANY_BYTES, BYTES_OF_TOKEN * bound.completion());
  }

  /**
   * Ends an exchange that is not whole in time. The client's own timeout ends with the head of a
   * reply; one whose body comes byte by byte would keep its connection for ever.
   */
  private CompletableFuture<HttpResponse<byte[]>> within(
      Duration total, CompletableFuture<HttpResponse<byte[]>> exchange) {
    ScheduledFuture<?> guard =
        time.schedule(
            total,
            () -> {
              boolean unused = exchange.cancel(true);
            });
    var unused = exchange.whenComplete((response, error) -> guard.cancel(false));
    return exchange;
  }

  /** A reply that cannot even be read is spoilt: nobody would hear of an exception. */
  private Outcome read(
      String server, int status, HttpHeaders headers, byte[] body, TokenBound bound) {
    try {
      return protocol.read(server, status, headers, body, bound);
    } catch (RuntimeException e) {
      return Outcome.retry("malformed_reply", "the reply cannot be read: " + words(e))
          .thatMayCost();
    }
  }

  /** Asks for the list of models, which is whole within {@link #LIST_TIMEOUT} or not at all. */
  public CompletableFuture<HttpResponse<byte[]>> models(String server) {
    return models(server, LIST_TIMEOUT);
  }

  /**
   * Asks for the list of models.
   *
   * @param total until it is whole
   */
  public CompletableFuture<HttpResponse<byte[]>> models(String server, Duration total) {
    HttpRequest request = request(server + "/models").timeout(total).GET().build();
    return within(total, client.sendAsync(request, BoundedBody.of(MANY_BYTES)));
  }

  private HttpRequest.Builder request(String uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).header("Accept", "application/json");
    return key.header().isEmpty() ? request : request.header("Authorization", key.header());
  }

  private Outcome trouble(Throwable error) {
    Throwable cause = cause(error);
    if (neverSent(cause)) {
      return Outcome.retry(Outcome.CONNECTION, "no connection: " + words(cause));
    }
    if (cause instanceof BoundedBody.TooLongException) {
      return Outcome.retry("malformed_reply", words(cause)).thatMayCost();
    }
    if (late(cause)) {
      return Outcome.retry("timeout", "no whole reply in time (see timeouts)").thatMayCost();
    }
    return Outcome.retry(Outcome.CONNECTION, "the connection broke: " + words(cause)).thatMayCost();
  }

  /** What an exchange ended with, out of what futures wrap around it. */
  static @Nullable public Throwable cause(@Nullable Throwable error) {
    Throwable cause = error;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Whether an exchange ended since it took too long. */
  public static boolean late(@Nullable Throwable error) {
    Throwable cause = cause(error);
    return cause instanceof CancellationException
        || (cause instanceof HttpTimeoutException
            && !(cause instanceof HttpConnectTimeoutException));
  }

  /** Whether the server cannot have seen the request. */
  public static boolean neverSent(@Nullable Throwable cause) {
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
  }

  /** What to say when the server refuses the key. */
  public String refused(int status) {
    return key.refused(status);
  }

  public String words(@Nullable Throwable cause) {
    if (cause == null) {
      return "no answer";
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : protocol.quoted(message);
  }
}

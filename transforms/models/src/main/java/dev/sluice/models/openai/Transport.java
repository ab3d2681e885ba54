package dev.sluice.models.openai;

import dev.sluice.models.OpenAiSpec;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;

/** Sends requests over the JDK's client: no thread waits for an answer. */
final class Transport {
  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(
          Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors())),
          Time.daemons("openai-http"));

  /** One client, and one pool of connections, for each time that a connection may take. */
  private static final Map<Duration, HttpClient> CLIENTS = new ConcurrentHashMap<>();

  private final OpenAiSpec spec;
  private final ApiKey key;
  private final Protocol protocol;
  private final HttpClient client;

  Transport(OpenAiSpec spec, ApiKey key) {
    this.spec = spec;
    this.key = key;
    this.protocol = new Protocol(spec, key, Warnings.OF_PROCESS);
    this.client =
        CLIENTS.computeIfAbsent(
            spec.connectTimeout(),
            timeout ->
                HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(timeout)
                    .executor(THREADS)
                    .build());
  }

  Protocol protocol() {
    return protocol;
  }

  /**
   * Sends one request.
   *
   * @param server its address
   * @param promptBound tokens of the prompt at the most
   * @return never ends with an exception
   */
  CompletableFuture<Outcome> send(String server, byte[] body, int promptBound) {
    HttpRequest request =
        request(server + protocol.path())
            .timeout(spec.firstTokenTimeout())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, BodyHandlers.ofByteArray());
    ScheduledFuture<?> guard =
        Time.Real.schedule(
            spec.totalTimeout(),
            () -> {
              boolean unused = exchange.cancel(true);
            });
    return exchange.handle(
        (response, error) -> {
          boolean unused = guard.cancel(false);
          return error != null
              ? trouble(error)
              : read(
                  server, response.statusCode(), response.headers(), response.body(), promptBound);
        });
  }

  /** A reply that cannot even be read is spoilt: nobody would hear of an exception. */
  private Outcome read(
      String server, int status, HttpHeaders headers, byte[] body, int promptBound) {
    try {
      return protocol.read(server, status, headers, body, promptBound);
    } catch (RuntimeException e) {
      return Outcome.retry("malformed_reply", "the reply cannot be read: " + words(e))
          .thatMayCost();
    }
  }

  /** Asks for the list of models. */
  CompletableFuture<HttpResponse<byte[]>> models(String server) {
    return client.sendAsync(
        request(server + "/models").timeout(Duration.ofSeconds(20)).GET().build(),
        BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).header("Accept", "application/json");
    return key.header().isEmpty() ? request : request.header("Authorization", key.header());
  }

  private Outcome trouble(Throwable error) {
    Throwable cause = error;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (neverSent(cause)) {
      return Outcome.retry(Outcome.CONNECTION, "no connection: " + words(cause));
    }
    if (cause instanceof HttpTimeoutException || cause instanceof CancellationException) {
      return Outcome.retry("timeout", "no whole reply in time (see timeouts)").thatMayCost();
    }
    return Outcome.retry(Outcome.CONNECTION, "the connection broke: " + words(cause)).thatMayCost();
  }

  /** Whether the server cannot have seen the request. */
  static boolean neverSent(Throwable cause) {
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
  }

  /** What to say when the server refuses the key. */
  String refused(int status) {
    return key.refused(status);
  }

  String words(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : key.hidden(message);
  }
}

package dev.sluice.pipelines.schedule.alerts;

import dev.sluice.records.Hashes;
import dev.sluice.records.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Posts the message's JSON. Any 2xx is a delivery; 408, 429 and 5xx may become one. An exception of
 * the client is neither shown nor passed on: it may repeat the address.
 */
final class WebhookSender implements Channel {
  /** The client's own loggers write whole addresses; held here, since the JDK forgets others. */
  private static final List<Logger> SILENT =
      Stream.of("jdk.internal.httpclient.debug", "jdk.httpclient.HttpClient")
          .map(Logger::getLogger)
          .toList();

  private final Address address;
  private final Duration limit;
  private final HttpClient client;

  /**
   * A sender to an address.
   *
   * @param limit how long one try may take
   */
  WebhookSender(String url, Duration limit) {
    this.address =
        Address.parse("A webhook", url, Set.of("http", "https"), "https://example.com/hook");
    this.limit = limit;
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit)
            .build();
  }

  @Override
  public Delivery send(AlertMessage message) {
    try {
      return judge(client.send(request(message), HttpResponse.BodyHandlers.discarding()));
    } catch (HttpTimeoutException e) {
      return notYet("does not answer within " + limit.toMillis() + " ms");
    } catch (SSLException e) {
      return notYet("has a certificate or a way of TLS that is not accepted");
    } catch (IOException e) {
      return notYet("cannot be reached, or broke the connection");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notYet("was not waited for, since the process stops");
    }
  }

  private HttpRequest request(AlertMessage message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutUser(address.uri()))
            .timeout(limit)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", Hashes.id("webhook", message.id()))
            .POST(HttpRequest.BodyPublishers.ofString(message.json()));
    if (!address.user().isEmpty()) {
      byte[] pair = (address.user() + ":" + address.password()).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return request.build();
  }

  private static URI withoutUser(URI uri) {
    String info = uri.getRawUserInfo();
    return info == null ? uri : URI.create(uri.toString().replace("//" + info + "@", "//"));
  }

  private Delivery judge(HttpResponse<?> response) {
    int code = response.statusCode();
    if (code / 100 == 2) {
      return new Delivery.Delivered();
    }
    return code == 408 || code == 429 || code >= 500
        ? notYet("answers " + code)
        : new Delivery.GivenUp("The %s answers %d.".formatted(receiver(), code));
  }

  private Delivery notYet(String what) {
    return new Delivery.NotYet("The %s %s.".formatted(receiver(), what));
  }

  @Override
  public String receiver() {
    return "webhook " + Secrets.hidden(address.toString());
  }

  @Override
  public String toString() {
    return receiver();
  }
}

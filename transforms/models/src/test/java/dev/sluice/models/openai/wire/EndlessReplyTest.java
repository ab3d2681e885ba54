package dev.sluice.models.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.models.Endpoint;
import dev.sluice.models.openai.OpenAiModels;
import dev.sluice.models.openai.Specs;
import dev.sluice.models.provider.ModelFinding;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reply that begins and does not end is waited for no longer, and kept no longer, than said. */
@Timeout(120)
class EndlessReplyTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** A server that sends a text to each client, perhaps again and again, and never closes. */
  private String server(String text, boolean again) throws IOException {
    ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    open.add(server);
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  open.add(socket);
                  OutputStream out = socket.getOutputStream();
                  if (socket.getInputStream().read() < 0) {
                    continue;
                  }
                  out.write(text.getBytes(StandardCharsets.UTF_8));
                  byte[] more = "a".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                  while (again) {
                    out.write(more);
                  }
                } catch (IOException e) {
                  // The client has left, or the test is over.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  private static Transport transport(String url) {
    return new Transport(
        Specs.of(url, Endpoint.CHAT), ApiKey.of(null, name -> null), new Connections());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Ty",
        HEAD + "Content-Length: 50\r\n\r\n{\"data\": [",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"dat",
        HEAD + "\r\n{\"data\": []",
        HEAD + "Content-Length: 50\r\n\r\n"
      })
  void modelListThatDoesNotEnd_isGivenUp(String begin) throws Exception {
    String url = server(begin, false);
    Throwable error =
        catchThrowable(() -> transport(url).models(url, Duration.ofMillis(300)).get());
    assertThat(Transport.late(error)).as(String.valueOf(error)).isTrue();
    assertThat(
            new OpenAiModels()
                .look("m", Specs.of(url, Endpoint.CHAT), Duration.ofSeconds(1))
                .join())
        .containsExactly(
            new ModelFinding(
                "base_urls",
                "%s/models does not answer within 1 s. Start it before a stage asks it, or correct base_urls."
                    .formatted(url),
                false));
  }

  @Test
  void modelListWithoutEnd_isNotKept() throws Exception {
    for (String head : List.of(HEAD + "\r\n", HEAD + "Content-Length: 99999999999\r\n\r\n")) {
      String url = server(head, true);
      Throwable error =
          catchThrowable(() -> transport(url).models(url, Duration.ofSeconds(60)).get());
      assertThat(Transport.cause(error))
          .isInstanceOf(BoundedBody.TooLongException.class)
          .hasMessage("the reply is longer than 16777216 bytes");
    }
  }

  @Test
  void replyWithoutEnd_isTroubleThatMayCost() throws Exception {
    String url = server(HEAD + "\r\n", true);
    Outcome outcome = transport(url).send(url, new byte[0], new TokenBound(10, 10)).get();
    assertThat(outcome)
        .isEqualTo(
            Outcome.retry("malformed_reply", "the reply is longer than 16787456 bytes")
                .thatMayCost());
  }
}

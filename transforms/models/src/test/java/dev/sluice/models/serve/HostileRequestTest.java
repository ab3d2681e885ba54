package dev.sluice.models.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a served model whose types, places or letters cannot be so. */
class HostileRequestTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Ask> asked = new ArrayList<>();
  private String reply = "ok";

  @SuppressWarnings("NullAway.Init")
  private ModelServer server;

  /** Answers every sample with one text. */
  private final class Echo extends StubModel {
    @Override
    public String decode(int[] tokens) {
      return reply;
    }

    @Override
    public Runnable ask(Ask ask, Answers answers) {
      asked.add(ask);
      for (int i = 0; i < ask.seeds().size(); i++) {
        answers.finished(
            i, new Completion(reply, new int[] {1}, new float[] {0}, FinishReason.STOP));
      }
      return () -> {};
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = new ModelServer(new Echo(), body -> new int[] {1}, 0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Sends raw bytes: clients of Java set Host themselves. */
  private String send(String path, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1%s HTTP/1.1\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
                          .formatted(path, headers, bytes.length)
                      + body)
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Lengths of chunks beyond 2^31, and chunks that are none. */
  @ParameterizedTest
  @ValueSource(strings = {"51e1000000", "ffffffff", "80000000", "-5", "zz", ""})
  void chunkOfNoLength_isRefused(String length) throws IOException {
    String request =
        "POST /v1/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + length
            + "\r\n{}\r\n0\r\n\r\n";
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // A connection whose next request cannot be found is closed without an answer.
      if (!response.isEmpty()) {
        assertThat(status(response)).isEqualTo(400);
      }
    }
    assertThat(status(send("/completions", "Host: localhost\r\n", "{\"prompt\": \"a\"}")))
        .isEqualTo(200);
  }

  private static int status(String response) {
    return Integer.parseInt(response.substring(9, 12));
  }

  private static JsonNode json(String response) throws IOException {
    return JSON.readTree(response.substring(response.indexOf("\r\n\r\n") + 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"n\": 1.5|'n' is a whole number from 1 to 256, but is 1.5.",
        "\"n\": \"2\"|'n' is a whole number from 1 to 256, but is \"2\".",
        "\"n\": 18446744073709551617|'n' is a whole number from 1 to 256, but is 18446744073709551617.",
        "\"n\": true|'n' is a whole number from 1 to 256, but is true.",
        "\"seed\": \"x\"|'seed' is a whole number from -9223372036854775808 to 9223372036854775807, but is \"x\".",
        "\"seed\": 9223372036854775808|'seed' is a whole number from -9223372036854775808 to 9223372036854775807, but is 9223372036854775808.",
        "\"seed\": 1e3|'seed' is a whole number from -9223372036854775808 to 9223372036854775807, but is 1000.0.",
        "\"stop\": {}|'stop' is a text or a list of texts, but is {}.",
        "\"stop\": 3|'stop' is a text or a list of texts, but is 3.",
        "\"stop\": [\"a\", 1]|'stop' is a text or a list of texts, but is [\"a\",1].",
        "\"max_tokens\": 4294967297|'max_tokens' is a whole number from 1 to 2147483647, but is 4294967297.",
        "\"max_tokens\": \"many\"|'max_tokens' is a whole number from 1 to 2147483647, but is \"many\".",
        "\"max_completion_tokens\": 0|'max_completion_tokens' is a whole number from 1 to 2147483647, but is 0.",
        "\"temperature\": \"hot\"|'temperature' is a number, but is \"hot\".",
        "\"temperature\": 1e400|'temperature' is a number, but is \"Infinity\".",
        "\"top_p\": [1]|'top_p' is a number, but is [1].",
        "\"top_k\": 2.5|'top_k' is a whole number from 0 to 2147483647, but is 2.5.",
        "\"stream\": \"false\"|'stream' is true or false, but is \"false\".",
        "\"stream_options\": []|'stream_options' is an object, but is [].",
        "\"logprobs\": \"yes\"|'logprobs' is a whole number from 0 to 2147483647, but is \"yes\".",
        "\"frequency_penalty\": \"0\"|'frequency_penalty' is a number, but is \"0\".",
        "\"best_of\": 3|'best_of' is not supported; ask for 'n' samples.",
        "\"logit_bias\": {\"5\": -100}|'logit_bias' is not supported: tokens are drawn as the model has them.",
        "\"model\": 7|'model' is a text, but is 7."
      })
  void valueOfAnotherType_isRefusedByItsKey(String key, String message) throws IOException {
    String response =
        send("/completions", "Host: localhost\r\n", "{\"prompt\": [1], %s}".formatted(key));
    assertThat(status(response)).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).isEqualTo(message);
    assertThat(asked).isEmpty();
  }

  @Test
  void valuesThatAreNullOrAtTheirBounds_areTaken() throws IOException {
    String response =
        send(
            "/completions",
            "Host: 127.0.0.1:1\r\n",
            """
            {"prompt": [1, 9], "n": 2, "seed": -9223372036854775808, "stop": null, "max_tokens": 2147483647,
             "temperature": 0, "top_k": 0, "stream": null, "logprobs": null, "logit_bias": {}, "best_of": 1}""");
    assertThat(status(response)).isEqualTo(200);
    assertThat(json(response).path("choices")).hasSize(2);
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).sampling().maxTokens()).isEqualTo(Integer.MAX_VALUE);
    assertThat(asked.get(0).sampling().stop()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1, 1.5]|Token 1 of a prompt is 1.5; ids go from 0 to 9.",
        "[1, 4294967297]|Token 1 of a prompt is 4294967297; ids go from 0 to 9.",
        "[[1], [\"2\"]]|Token 0 of a prompt is \"2\"; ids go from 0 to 9.",
        "[1, -1]|Token 1 of a prompt is -1; ids go from 0 to 9.",
        "{\"0\": \"a\"}|'prompt' is a text, a list of tokens, or a list of either.",
        "[{}]|'prompt' is a text, a list of tokens, or a list of either."
      })
  void promptOfAnotherType_isRefused(String prompt, String message) throws IOException {
    String response =
        send("/completions", "Host: localhost\r\n", "{\"prompt\": %s}".formatted(prompt));
    assertThat(json(response).path("error").path("message").asText()).startsWith(message);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]|1",
        "[\"hi\"]|\"hi\"",
        "[{\"content\": \"hi\"}]|{\"content\":\"hi\"}",
        "[{\"role\": 1, \"content\": \"hi\"}]|{\"role\":1,\"content\":\"hi\"}",
        "[{\"role\": \"user\"}, null]|null"
      })
  void messageOfAnotherType_isRefused(String messages, String shown) throws IOException {
    String response =
        send("/chat/completions", "Host: localhost\r\n", "{\"messages\": %s}".formatted(messages));
    assertThat(json(response).path("error").path("message").asText())
        .isEqualTo("A message is an object with a text 'role', but one is %s.".formatted(shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: evil.example:8091\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1.evil.example:8091\r\n",
        "Host: 10.0.0.7\r\n",
        "Host: \r\n",
        "",
        "Host: localhost\r\nHost: evil.example\r\n",
        "Host: localhost\r\nOrigin: http://evil.example\r\n",
        "Host: localhost\r\nOrigin: null\r\n",
        "Host: localhost:80\r\nOrigin: http://localhost:81\r\n",
        "Host: localhost\r\nOrigin: https://localhost\r\n",
        "Host: localhost\r\nOrigin: http://localhost.evil.example\r\n"
      })
  void requestForAnotherNameOrFromAPage_isRefused(String headers) throws IOException {
    String response = send("/completions", headers, "{\"prompt\": [1]}");
    assertThat(status(response)).isEqualTo(403);
    assertThat(json(response).path("error").path("message").asText())
        .startsWith(headers.contains("Origin") ? "The header Origin is '" : "The header Host is ");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\n",
        "Host: LOCALHOST:8091\r\n",
        "Host: 127.0.0.1:9000\r\n",
        "Host: [::1]:8091\r\n",
        "Host: localhost:9000\r\nOrigin: http://localhost:9000\r\n"
      })
  void programOfThisMachine_isAnswered(String headers) throws IOException {
    assertThat(status(send("/completions", headers, "{\"prompt\": [1]}"))).isEqualTo(200);
  }

  @Test
  void charactersThatATerminalActsOn_areNeverSentRaw() throws IOException {
    String hostile = "a\u001b[2Jb\u009b31mc\u202ed\u2066e\u200ff\u007fg\u0007h\ufeffi";
    reply = hostile;
    for (String stream : List.of("false", "true")) {
      String response =
          send(
              "/completions",
              "Host: localhost\r\n",
              "{\"prompt\": [1], \"logprobs\": 1, \"stream\": %s}".formatted(stream));
      String body = response.substring(response.indexOf("\r\n\r\n") + 4);
      assertThat(body.replace("\r\n", "").chars().filter(dev.sluice.records.Printable::acts))
          .isEmpty();
      assertThat(body).contains("a\\u001B[2Jb\\u009b31mc\\u202ed\\u2066e\\u200ff\\u007fg\\u0007h");
    }
    JsonNode whole = json(send("/completions", "Host: localhost\r\n", "{\"prompt\": [1]}"));
    assertThat(whole.path("choices").path(0).path("text").asText()).isEqualTo(hostile);
    String refused =
        send(
            "/completions",
            "Host: localhost\r\n",
            "{\"prompt\": [1], \"model\": \"\u009b2J\u202e\"}");
    assertThat(refused).contains("The model '\\u009b2J\\u202e' does not exist");
  }
}

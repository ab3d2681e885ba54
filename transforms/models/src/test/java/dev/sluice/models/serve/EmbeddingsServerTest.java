package dev.sluice.models.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.onnx.OnnxModels;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An encoder behind OpenAI's interface says what it says without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingsServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BUILTIN = "builtin:all-minilm-l6-v2";
  private static final List<String> TEXTS =
      List.of("Who wrote Hamlet?", "Solve for x: 2x + 5 = 17");

  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private ModelServer server;

  @BeforeAll
  void serve() throws Exception {
    server = new ModelServer(OnnxModels.open("minilm", BUILTIN), 0);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void givesTheVectorsOfItsEncoderInBothForms() throws Exception {
    List<Embedding> expected;
    try (Embedder embedder = OnnxModels.open("minilm", BUILTIN)) {
      expected = embedder.embed(TEXTS);
    }
    String input = JSON.writeValueAsString(TEXTS);
    JsonNode numbers =
        JSON.readTree(
            send("/embeddings", "{\"model\": \"minilm\", \"input\": " + input + "}").body());
    JsonNode packed =
        JSON.readTree(
            send(
                    "/embeddings",
                    "{\"encoding_format\": \"base64\", \"dimensions\": 384, \"input\": "
                        + input
                        + "}")
                .body());
    int tokens = 0;
    for (int i = 0; i < TEXTS.size(); i++) {
      JsonNode one = numbers.path("data").path(i);
      assertThat(one.path("index").asInt()).isEqualTo(i);
      float[] vector = new float[one.path("embedding").size()];
      for (int n = 0; n < vector.length; n++) {
        vector[n] = one.path("embedding").path(n).floatValue();
      }
      assertThat(vector).containsExactly(expected.get(i).vector());
      byte[] bytes =
          Base64.getDecoder().decode(packed.path("data").path(i).path("embedding").asText());
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
      assertThat(vector).containsExactly(expected.get(i).vector());
      tokens += expected.get(i).tokens();
    }
    assertThat(numbers.path("model").asText()).isEqualTo("minilm");
    assertThat(numbers.path("usage").path("prompt_tokens").asInt()).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/embeddings|{\"input\": []}|400|'input' is a text or a list of 1 to 2,048 texts, but this has 0.",
        "/embeddings|{\"input\": [1, 2]}|400|'input' is a text or a list of texts; tokens cannot be given.",
        "/embeddings|{\"input\": \"a\", \"encoding_format\": \"int8\"}|400|'encoding_format' is float or base64, but is \"int8\".",
        "/embeddings|{\"input\": \"a\", \"dimensions\": 64}|400|'dimensions' is 64, but the vectors of this model have 384 numbers; leave it out.",
        "/embeddings|{\"input\": \"a\", \"model\": \"other\"}|404|The model 'other' does not exist; this server has 'minilm'.",
        "/completions|{\"prompt\": \"a\"}|404|There is no '/v1/completions'; there are /v1/embeddings, /v1/models and /health."
      })
  void saysWhatItCannotDo(String path, String body, int status, String message) throws Exception {
    HttpResponse<String> response = send(path, body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("error").path("message").asText())
        .isEqualTo(message);
  }
}

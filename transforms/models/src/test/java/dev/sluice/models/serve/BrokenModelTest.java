package dev.sluice.models.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.ModelInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Nobody waits for a model that no longer works, or is too busy. */
class BrokenModelTest {
  private static HttpResponse<String> ask(ServedModel model) throws Exception {
    try (ModelServer server = new ModelServer(model, null, 0)) {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(server.url() + "/completions"))
                  .POST(BodyPublishers.ofString("{\"prompt\": [1, 2], \"n\": 2}"))
                  .build(),
              BodyHandlers.ofString());
    }
  }

  private abstract static class Stub implements ServedModel {
    @Override
    public ModelInfo info() {
      return new ModelInfo("stub", "1", 100, 1);
    }

    @Override
    public int vocabulary() {
      return 10;
    }

    @Override
    public int[] encodePrompt(String text) {
      return new int[] {1};
    }

    @Override
    public String decode(int[] tokens) {
      return "";
    }

    @Override
    public void close() {}
  }

  @Test
  void aFaultWhileItDecodesIsToldToWhoeverWaits() throws Exception {
    HttpResponse<String> response =
        ask(
            new Stub() {
              @Override
              public void ask(Ask ask, Answers answers) {
                answers.failed("out of memory");
              }
            });
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("The model no longer works: out of memory");
  }

  @Test
  void tooManyAreAskedToComeAgain() throws Exception {
    HttpResponse<String> response =
        ask(
            new Stub() {
              @Override
              public void ask(Ask ask, Answers answers) {
                throw new BusyException("4096 samples wait already; ask again later.");
              }
            });
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }
}

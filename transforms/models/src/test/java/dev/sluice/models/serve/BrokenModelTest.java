package dev.sluice.models.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.Sampling;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void aFaultWhileItDecodesIsToldToWhoeverWaits() throws Exception {
    HttpResponse<String> response =
        ask(
            new StubModel() {
              @Override
              public Runnable ask(Ask ask, Answers answers) {
                answers.failed("out of memory");
                return () -> {};
              }
            });
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("The model no longer works: out of memory");
  }

  @Test
  void tooManyAreAskedToComeAgain() throws Exception {
    HttpResponse<String> response =
        ask(
            new StubModel() {
              @Override
              public Runnable ask(Ask ask, Answers answers) {
                throw new BusyException("4096 samples wait already; ask again later.");
              }
            });
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }

  private static Serving twoPrompts(ServedModel model, boolean stream) {
    List<int[]> prompts = List.of(new int[] {1}, new int[] {2});
    Request request = new Request(false, prompts, 1, Sampling.at(1, 50), 1, false, stream, false);
    return new Serving(model, request, new Bodies(model, request, "id", 0));
  }

  @Test
  void whatAClientThatLeftHadAskedForIsLetGo() {
    AtomicInteger left = new AtomicInteger();
    ServedModel model =
        new StubModel() {
          @Override
          public Runnable ask(Ask ask, Answers answers) {
            answers.grown(0, "4");
            return left::incrementAndGet;
          }
        };
    Serving serving = twoPrompts(model, true);
    serving.begin();
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThatThrownBy(() -> serving.stream(gone)).isInstanceOf(IOException.class);
    assertThat(left).hasValue(2);
  }

  @Test
  void aRequestThatIsRefusedInPartIsNotWorkedFor() throws Exception {
    AtomicInteger left = new AtomicInteger();
    ServedModel model =
        new StubModel() {
          @Override
          public Runnable ask(Ask ask, Answers answers) {
            if (left.get() == 0 && ask.prompt()[0] == 2) {
              throw new BusyException("4096 samples wait already; ask again later.");
            }
            return left::incrementAndGet;
          }
        };
    Serving serving = twoPrompts(model, false);
    assertThatThrownBy(serving::begin).isInstanceOf(ServedModel.BusyException.class);
    assertThat(left).hasValue(1);
  }
}

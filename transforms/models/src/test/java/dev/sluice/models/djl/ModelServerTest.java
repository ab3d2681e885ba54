package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Completion;
import dev.sluice.models.Endpoint;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.Sampling;
import dev.sluice.models.openai.OpenAiModels;
import dev.sluice.models.openai.Session;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.OpenAiSpec.Timeouts;
import dev.sluice.models.serve.Ask;
import dev.sluice.models.serve.ModelServer;
import dev.sluice.models.serve.ServedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model behind OpenAI's interface says what it says without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AutoCloseable> open = new ArrayList<>();
  private String url = "";

  @BeforeAll
  void serve() throws IOException {
    DjlServing serving = new DjlServing("tiny", TinySolver.folder(), 8, 200);
    ModelServer server =
        new ModelServer(
            serving,
            body -> serving.encodePrompt(body.path("messages").path(0).path("content").asText()),
            0);
    url = server.url();
    open.add(server);
  }

  @AfterAll
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    return client.send(request(path, body), BodyHandlers.ofString());
  }

  private JsonNode ask(String path, String body) throws Exception {
    HttpResponse<String> response = send(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static List<Completion> direct(Sampling sampling, String... prompts) {
    try (LanguageModel model = new DjlRuntime().open(TinySolver.folder())) {
      return model
          .generate(
              List.of(prompts).stream()
                  .map(prompt -> new GenerationRequest(prompt, sampling, List.of(1L)))
                  .toList())
          .stream()
          .map(Generation::completions)
          .flatMap(List::stream)
          .toList();
    }
  }

  @Test
  void greedyTextIsTheModels() throws Exception {
    JsonNode reply =
        ask(
            "/completions",
            "{\"model\": \"tiny\", \"prompt\": [\"23+4-8*3:\", \"7+2*4:\"], \"temperature\": 0, \"max_tokens\": 30, \"logprobs\": 1}");
    List<Completion> expected = direct(Sampling.at(0, 30), "23+4-8*3:", "7+2*4:");
    int tokens = 0;
    for (int i = 0; i < 2; i++) {
      JsonNode choice = reply.path("choices").path(i);
      assertThat(choice.path("index").asInt()).isEqualTo(i);
      assertThat(choice.path("text").asText()).isEqualTo(expected.get(i).text());
      float[] logprobs = expected.get(i).logprobs();
      JsonNode given = choice.path("logprobs").path("token_logprobs");
      assertThat(given).hasSize(logprobs.length);
      for (int t = 0; t < logprobs.length; t++) {
        assertThat(given.path(t).floatValue()).isEqualTo(logprobs[t]);
      }
      tokens += expected.get(i).tokenCount();
    }
    assertThat(reply.path("usage").path("completion_tokens").asInt()).isEqualTo(tokens);
    assertThat(reply.path("usage").path("prompt_tokens").asInt()).isEqualTo(15);
    assertThat(reply.path("object").asText()).isEqualTo("text_completion");
  }

  @Test
  void aSeedSaysTheSameWhoeverElseAsks() throws Exception {
    String body =
        "{\"prompt\": \"50-9-9-9:\", \"n\": 3, \"seed\": 11, \"max_tokens\": 40, \"logprobs\": 1}";
    JsonNode alone = ask("/completions", body).path("choices");
    List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> same = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String other = "{\"prompt\": \"9*3-7+2:\", \"n\": 2, \"seed\": %d, \"max_tokens\": 60}";
      others.add(
          client.sendAsync(request("/completions", other.formatted(i)), BodyHandlers.ofString()));
      same.add(client.sendAsync(request("/completions", body), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> each : same) {
      assertThat(JSON.readTree(each.get().body()).path("choices")).isEqualTo(alone);
    }
    for (CompletableFuture<HttpResponse<String>> each : others) {
      assertThat(JSON.readTree(each.get().body()).path("choices")).hasSize(2);
    }
    assertThat(alone.findValuesAsText("text")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"/completions", "/chat/completions"})
  void aStreamHoldsTheWholeText(String path) throws Exception {
    boolean chat = path.startsWith("/chat");
    String asked =
        (chat
                ? "{\"messages\": [{\"role\": \"user\", \"content\": \"23+4-8*3:\"}]"
                : "{\"prompt\": \"23+4-8*3:\"")
            + ", \"n\": 2, \"seed\": 5, \"max_tokens\": 40, \"stop\": [\"0\"], \"stream_options\": {\"include_usage\": true}, \"stream\": ";
    JsonNode whole = ask(path, asked + "false}");
    HttpResponse<String> stream = send(path, asked + "true}");
    assertThat(stream.headers().firstValue("content-type")).contains("text/event-stream");
    StringBuilder[] texts = {new StringBuilder(), new StringBuilder()};
    String[] reasons = new String[2];
    List<String> lines = stream.body().lines().filter(line -> !line.isEmpty()).toList();
    assertThat(lines).allMatch(line -> line.startsWith("data: ")).last().isEqualTo("data: [DONE]");
    JsonNode last = JSON.createObjectNode();
    for (String line : lines.subList(0, lines.size() - 1)) {
      last = JSON.readTree(line.substring(6));
      for (JsonNode choice : last.path("choices")) {
        int index = choice.path("index").asInt();
        texts[index].append(
            (chat ? choice.path("delta").path("content") : choice.path("text")).asText());
        if (!choice.path("finish_reason").isNull()) {
          reasons[index] = choice.path("finish_reason").asText();
        }
      }
    }
    for (int i = 0; i < 2; i++) {
      JsonNode choice = whole.path("choices").path(i);
      assertThat(texts[i].toString())
          .isEqualTo(
              (chat ? choice.path("message").path("content") : choice.path("text")).asText());
      assertThat(reasons[i]).isEqualTo(choice.path("finish_reason").asText());
    }
    assertThat(lines.size()).isGreaterThan(6);
    assertThat(last.path("usage")).isEqualTo(whole.path("usage"));
  }

  @Test
  void ourOwnProviderIsAClient() {
    OpenAiSpec spec =
        new OpenAiSpec(
            url,
            List.of(),
            "tiny",
            "1",
            null,
            Endpoint.COMPLETIONS,
            true,
            Map.of(),
            16,
            3,
            new Timeouts("10s", "30s", "30s"),
            null,
            null,
            null);
    try (LanguageModel model = new OpenAiModels().open(spec, Session.alone())) {
      Sampling sampling = Sampling.at(0, 30);
      List<Generation> generations =
          model.generate(
              List.of(
                  new GenerationRequest("23+4-8*3:", sampling, List.of(1L, 2L)),
                  new GenerationRequest("1".repeat(200), sampling, List.of(1L))));
      Completion expected = direct(sampling, "23+4-8*3:").get(0);
      assertThat(generations.get(0).completions())
          .extracting(Completion::text)
          .containsExactly(expected.text(), expected.text());
      assertThat(generations.get(1).error()).contains("200 tokens");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/completions | {'prompt': '1+1:', 'model': 'gpt'} | 404 | The model 'gpt' does not exist; this server has 'tiny'.",
        "/completions | {'prompt': | 400 | The request is not JSON: ",
        "/completions | [1] | 400 | A request is a JSON object.",
        "/completions | {} | 400 | 'prompt' is a text, a list of tokens, or a list of either.",
        "/completions | {'prompt': [[1, 99]]} | 400 | Token 1 of a prompt is 99; ids go from 0 to 27.",
        "/completions | {'prompt': '1:', 'n': 0} | 400 | 'n' is a whole number from 1 to 256, but is 0.",
        "/completions | {'prompt': ['1:', '1:', '1:', '1:', '1:'], 'n': 256} | 400 | 5 prompts with 'n' 256 are 1280 completions; a request has at most 1024.",
        "/completions | {'prompt': '1:', 'echo': true} | 400 | 'echo' is not supported: the prompt is not repeated.",
        "/completions | {'prompt': '1:', 'temperature': -1} | 400 | A temperature is at least 0, not -1.0.",
        "/completions | {'prompt': ''} | 400 | The prompt has 0 tokens; the context holds 200 tokens",
        "/completions | {'prompt': 'Z'} | 400 | Z",
        "/chat/completions | {'messages': []} | 400 | 'messages' is a list of at least one message.",
        "/embeddings | {'input': 'x'} | 404 | There is no '/v1/embeddings'; there are ",
      })
  void aMistakeIsASentence(String path, String body, int status, String message) throws Exception {
    HttpResponse<String> response = send(path, body.replace('\'', '"'));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("error").path("message").asText())
        .contains(message);
  }

  @Test
  void aTokenThatIsNoneNeverReachesTheModel() {
    try (DjlServing serving = new DjlServing("t", TinySolver.folder(), 4, 100)) {
      Ask ask = new Ask(new int[] {1, 28}, Sampling.at(0, 5), List.of(1L));
      assertThatThrownBy(() -> serving.ask(ask, new First(false)))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("The token 28 has no row in the embedding of ");
    }
  }

  /** Waits for the first sample that is finished. */
  private static class First implements ServedModel.Answers {
    final CompletableFuture<Completion> sample = new CompletableFuture<>();
    final AtomicInteger finished = new AtomicInteger();
    private final boolean streams;

    First(boolean streams) {
      this.streams = streams;
    }

    @Override
    public boolean streams() {
      return streams;
    }

    @Override
    public void grown(int index, String text) {}

    @Override
    public void finished(int index, Completion completion) {
      finished.incrementAndGet();
      sample.complete(completion);
    }

    @Override
    public void failed(String why) {
      sample.completeExceptionally(new IllegalStateException(why));
    }
  }

  @Test
  void namesItsModel() throws Exception {
    HttpResponse<String> models =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/models")).build(), BodyHandlers.ofString());
    assertThat(JSON.readTree(models.body()).path("data").path(0).path("id").asText())
        .isEqualTo("tiny");
    HttpResponse<String> get =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/completions")).build(),
            BodyHandlers.ofString());
    assertThat(get.statusCode()).isEqualTo(405);
  }

  @Test
  void nothingIsSaidToWhoeverHasLeft() throws Exception {
    try (DjlServing serving = new DjlServing("tiny", TinySolver.folder(), 4, 200)) {
      CompletableFuture<Runnable> leave = new CompletableFuture<>();
      First left =
          new First(true) {
            @Override
            public void grown(int index, String text) {
              leave.join().run();
            }
          };
      // More samples than there are rows: some are being said, some wait.
      List<Long> seeds = LongStream.range(0, 50).boxed().toList();
      Ask ask = new Ask(serving.encodePrompt("23+4-8*3:"), Sampling.at(1, 150), seeds);
      leave.complete(serving.ask(ask, left));
      assertThat(left.sample.get().tokenCount()).isBetween(1, 2);
      // Whoever asks now need not wait for them.
      First next = new First(false);
      Runnable unused =
          serving.ask(
              new Ask(serving.encodePrompt("7+2*4:"), Sampling.at(0, 30), List.of(1L)), next);
      assertThat(next.sample.get().text())
          .isEqualTo(direct(Sampling.at(0, 30), "7+2*4:").get(0).text());
      assertThat(left.finished.get()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void withoutATemplateThereAreNoChats() throws Exception {
    try (ModelServer server =
        new ModelServer(new DjlServing("t", TinySolver.folder(), 4, 100), null, 0)) {
      HttpRequest chat =
          HttpRequest.newBuilder(URI.create(server.url() + "/chat/completions"))
              .POST(BodyPublishers.ofString("{\"messages\": [{}]}"))
              .build();
      HttpResponse<String> response = client.send(chat, BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("no chat template");
    }
  }
}

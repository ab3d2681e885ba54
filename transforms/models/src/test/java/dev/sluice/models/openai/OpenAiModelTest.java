package dev.sluice.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.Endpoint;
import dev.sluice.models.Failure;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.Sampling;
import dev.sluice.models.openai.wire.HurriedTime;
import dev.sluice.models.openai.wire.Reply;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.OpenAiSpec.Price;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.models.scripted.ScriptedServer;
import dev.sluice.models.scripted.ScriptedServer.Asked;
import dev.sluice.models.scripted.ScriptedServer.Fault;
import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.Usage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retries, limits, budgets and keys, against a server that fails as it is told to. */
class OpenAiModelTest {
  private static final Sampling SAMPLING = Sampling.at(1, 20);

  private final HurriedTime time = new HurriedTime();
  private final List<ScriptedServer> servers = new ArrayList<>();

  private ScriptedServer server() {
    return server(asked -> Fault.NONE);
  }

  private ScriptedServer server(Function<Asked, Fault> faults) {
    ScriptedServer server =
        ScriptedServer.of(
            new ScriptedLanguageModel("scripted", "1", (prompt, s, i, seed) -> "re " + prompt),
            faults);
    servers.add(server);
    return server;
  }

  @AfterEach
  void stop() {
    servers.forEach(ScriptedServer::close);
    time.close();
  }

  private LanguageModel open(OpenAiSpec spec, Session session) {
    return new OpenAiModels(name -> name.equals("KEY") ? "sk-secret" : null, time, () -> 0.5)
        .open(spec, session);
  }

  private static List<GenerationRequest> requests(int count, Long... seeds) {
    return IntStream.range(0, count)
        .mapToObj(i -> new GenerationRequest("prompt " + i, SAMPLING, List.of(seeds)))
        .toList();
  }

  private List<Generation> ask(OpenAiSpec spec, List<GenerationRequest> requests) {
    try (LanguageModel model = open(spec, Session.alone())) {
      return model.generate(requests);
    }
  }

  private static OpenAiSpec spec(ScriptedServer server) {
    return Specs.of(server.url(), Endpoint.COMPLETIONS);
  }

  /** The first requests for a prompt fail so; then it is answered. */
  private static Function<Asked, Fault> first(int times, Fault fault) {
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    return asked -> seen.merge(asked.prompt(), 1, Integer::sum) <= times ? fault : Fault.NONE;
  }

  private static GenerationRequest withSchema(String prompt, Long... seeds) {
    return new GenerationRequest(
        prompt, SAMPLING, List.of(seeds), "Be brief.", "{\"type\":\"object\"}");
  }

  @Test
  void schemaAndSystemMessage_areSentToAChatServer() {
    ScriptedServer server = server();
    List<Generation> said =
        ask(Specs.of(server.url(), Endpoint.CHAT), List.of(withSchema("hi", 1L)));
    assertThat(said.get(0).completions().get(0).text()).isEqualTo("re hi");
    assertThat(server.asked().get(0).body().path("messages").toString())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"hi\"}]");
    assertThat(server.asked().get(0).body().path("response_format").toString())
        .isEqualTo(
            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"reply\",\"schema\":{\"type\":\"object\"}}}");
  }

  @Test
  void serverThatRefusesASchema_isAskedWithoutItAndOnceWarnedOf() {
    ScriptedServer server =
        server(asked -> asked.body().has("response_format") ? Fault.REFUSED : Fault.NONE);
    try (LanguageModel model =
        open(Specs.of(server.url(), Endpoint.COMPLETIONS), Session.alone())) {
      for (String prompt : List.of("a", "b")) {
        Generation said = model.generate(List.of(withSchema(prompt, 1L, 2L))).get(0);
        assertThat(said.failure()).isNull();
        assertThat(said.completions())
            .extracting(each -> each.text())
            .containsExactly("re Be brief.\n\n" + prompt, "re Be brief.\n\n" + prompt);
      }
      assertThat(model.warnings())
          .singleElement()
          .asString()
          .contains("refuses response_format with a JSON Schema and is asked without");
    }
    assertThat(server.asked())
        .extracting(each -> each.body().has("response_format"))
        .containsExactly(true, false, false);
  }

  @Test
  void requestThatIsRefusedInAnyCase_isDeadAndTheSchemaIsStillSent() {
    ScriptedServer server =
        server(asked -> asked.prompt().contains("bad") ? Fault.REFUSED : Fault.NONE);
    try (LanguageModel model =
        open(Specs.of(server.url(), Endpoint.COMPLETIONS), Session.alone())) {
      assertThat(model.generate(List.of(withSchema("bad", 1L))).get(0).failure())
          .extracting(Failure::errorClass)
          .isEqualTo("bad_request");
      assertThat(model.generate(List.of(withSchema("good", 1L))).get(0).failure()).isNull();
    }
    assertThat(server.asked())
        .extracting(each -> each.body().has("response_format"))
        .containsExactly(true, false, true);
  }

  @Test
  void asksForAllSamplesAtOnceAndSharesTheTokensOut() {
    ScriptedServer server = server();
    Generation generation = ask(spec(server), requests(1, 7L, 8L, 9L)).get(0);
    assertThat(generation.completions()).extracting("text").containsOnly("re prompt 0");
    assertThat(generation.completions()).extracting("tokenCount").containsExactly(12, 12, 12);
    assertThat(generation.usage()).isEqualTo(new Usage(3, 0, 8, 36, 0));
    assertThat(server.asked()).hasSize(1);
    assertThat(server.asked().get(0).body().path("seed").asLong()).isEqualTo(7);
  }

  @Test
  void asksOneByOneWhereTheServerRefusesSeveralAndRemembersIt() {
    ScriptedServer server = server().takingSamples(1);
    try (LanguageModel model = open(spec(server), Session.alone())) {
      Generation generation = model.generate(requests(1, 7L, 8L, 9L)).get(0);
      assertThat(generation.completions()).hasSize(3);
      assertThat(generation.usage()).isEqualTo(new Usage(3, 0, 24, 36, 0));
      assertThat(server.asked()).hasSize(4);
      model.generate(requests(2, 1L, 2L));
      assertThat(server.asked()).hasSize(8);
    }
    assertThat(server.asked().stream().map(asked -> asked.body().path("seed").asLong()))
        .startsWith(7L)
        .contains(7L, 8L, 9L);
  }

  @Test
  void tellsOfEveryReplyAsItComes() {
    ScriptedServer server = server();
    AtomicInteger tokens = new AtomicInteger();
    AtomicInteger whole = new AtomicInteger();
    try (LanguageModel model = open(spec(server), Session.alone())) {
      List<Generation> generations =
          model.generate(
              requests(2, 7L, 8L, 9L),
              (more, finished) -> {
                tokens.addAndGet(more);
                whole.addAndGet(finished ? 1 : 0);
              });
      assertThat(generations).hasSize(2);
    }
    assertThat(tokens).hasValue(72);
    assertThat(whole).hasValue(6);
  }

  @Test
  void everyRetriableTroubleIsTriedAgain() {
    for (Fault fault :
        List.of(Fault.BUSY, Fault.BROKEN, Fault.RESET, Fault.TRUNCATED, Fault.HTML)) {
      ScriptedServer server = server(first(2, fault));
      List<Generation> all = ask(spec(server), requests(3, 1L));
      assertThat(all).as("%s", fault).extracting(Generation::error).containsOnlyNulls();
      assertThat(server.asked()).as("%s", fault).hasSize(9);
    }
  }

  @Test
  void givesUpAfterTheLastTryAndSaysOfWhat() {
    Map<Fault, String> classes =
        Map.of(
            Fault.BUSY, "rate_limited",
            Fault.BROKEN, "server_error",
            Fault.RESET, "connection",
            Fault.TRUNCATED, "malformed_reply",
            Fault.HTML, "malformed_reply");
    classes.forEach(
        (fault, errorClass) -> {
          ScriptedServer server = server(asked -> fault);
          OpenAiSpec spec = Specs.of(List.of(server.url()), Endpoint.CHAT, 16, 3, null, null);
          Failure failure = ask(spec, requests(1, 1L)).get(0).failure();
          assertThat(failure).as("%s", fault).isNotNull();
          assertThat(failure)
              .extracting(Failure::errorClass, Failure::attempts, Failure::retriable)
              .containsExactly(errorClass, 3, true);
          assertThat(server.asked()).hasSize(3);
        });
  }

  @Test
  void aReplyThatDoesNotComeInTimeIsAskedForAgain() {
    ScriptedServer server = server(first(1, Fault.STALL));
    assertThat(ask(Specs.impatient(server.url(), 2), requests(1, 1L)).get(0).error()).isNull();
    assertThat(server.asked()).hasSize(2);
    ScriptedServer dead = server(asked -> Fault.STALL);
    assertThat(ask(Specs.impatient(dead.url(), 1), requests(1, 1L)).get(0).failure())
        .isEqualTo(new Failure("no whole reply in time (see timeouts)", "timeout", 1, true));
  }

  @Test
  void waitsAsLongAsTheServerAsksWithoutUsingATry() {
    ScriptedServer server = server(first(20, Fault.BUSY_FOR_A_SECOND));
    OpenAiSpec spec = Specs.of(List.of(server.url()), Endpoint.CHAT, 1, 2, null, null);
    assertThat(ask(spec, requests(1, 1L)).get(0).error()).isNull();
    assertThat(server.asked()).hasSize(21);
    assertThat(time.waited()).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(21));
  }

  @Test
  void aRequestThatTheServerRefusesIsDeadAtOnce() {
    ScriptedServer server = server(asked -> Fault.TOO_LONG);
    Failure failure = ask(spec(server), requests(1, 1L, 2L, 3L)).get(0).failure();
    assertThat(failure)
        .isEqualTo(
            new Failure(
                "the server refuses the request (400: the prompt has 8 tokens, the context 16)",
                "context_length",
                1,
                false));
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void aKeyThatIsRefusedEndsItAtOnceAndIsNotSaid() {
    ScriptedServer server = server(asked -> Fault.UNAUTHORIZED);
    OpenAiSpec spec = Specs.withKey(server.url(), "KEY");
    assertThatThrownBy(() -> ask(spec, requests(500, 1L)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The server refuses the key in the environment variable KEY, which api_key_env names (401). Nothing more was asked; set it to a key that is good for this model and run the file again.");
    assertThat(server.asked().size()).isLessThanOrEqualTo(spec.maxInFlight());
    assertThat(server.asked()).extracting(Asked::authorization).containsOnly("Bearer sk-secret");
    OpenAiSpec other = Specs.withKey(server.url(), "OTHER");
    assertThatThrownBy(() -> ask(other, requests(1, 1L)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "The environment variable OTHER, which api_key_env names, is not set");
  }

  /** Three of ten tries of a prompt fail, whoever comes when. */
  private static Fault threeOfTen(String prompt, int attempt) {
    Fault[] faults = {
      Fault.BUSY_FOR_A_SECOND, Fault.BUSY, Fault.BROKEN, Fault.RESET, Fault.TRUNCATED, Fault.HTML
    };
    long drawn = Hashes.seed(7, "fault", "", 0, prompt, attempt) >>> 1;
    return drawn % 10 < 3 ? faults[(int) (drawn / 10 % faults.length)] : Fault.NONE;
  }

  @Test
  void withThirtyOfAHundredRepliesFaultyEveryRowIsAnsweredOrDeadWithoutAStorm() {
    Map<String, Integer> seen = new ConcurrentHashMap<>();
    ScriptedServer server =
        server(asked -> threeOfTen(asked.prompt(), seen.merge(asked.prompt(), 1, Integer::sum)));
    List<GenerationRequest> requests = requests(1000, 1L);
    List<Generation> all = ask(spec(server), requests);
    int expected = 0;
    for (int i = 0; i < all.size(); i++) {
      String prompt = requests.get(i).prompt();
      int tries = 0;
      int asked = 1;
      for (Fault fault = threeOfTen(prompt, asked); fault != Fault.NONE && tries < 6; asked++) {
        tries += fault == Fault.BUSY_FOR_A_SECOND ? 0 : 1;
        fault = threeOfTen(prompt, asked + 1);
      }
      boolean dead = tries == 6;
      expected += dead ? asked - 1 : asked;
      assertThat(all.get(i).error() != null).as(prompt).isEqualTo(dead);
    }
    assertThat(server.asked()).hasSize(expected);
    assertThat(expected).isBetween(1300, 1500);
    assertThat(server.mostInFlight()).isLessThanOrEqualTo(16);
  }

  @Test
  void aDeadServerIsTakenOutAndPutBack() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ScriptedServer alive = server();
    OpenAiSpec spec =
        Specs.of(
            List.of("http://127.0.0.1:" + port + "/v1", alive.url()),
            Endpoint.CHAT,
            4,
            1,
            null,
            null);
    try (LanguageModel model = open(spec, Session.alone())) {
      assertThat(model.generate(requests(50, 1L)))
          .extracting(Generation::error)
          .containsOnlyNulls();
      assertThat(alive.asked()).hasSize(50);
      ScriptedServer back =
          ScriptedServer.of(
              new ScriptedLanguageModel("scripted", "1", (p, s, i, seed) -> "back"),
              asked -> Fault.NONE,
              asked -> Duration.ZERO,
              port);
      servers.add(back);
      while (back.asked().isEmpty()) {
        model.generate(requests(8, 1L));
      }
    }
  }

  @Test
  void keepsRepliesBeforeTheyAreUsedAndAsksForNoneTwice() {
    ScriptedServer server = server();
    Map<String, Reply> kept = new ConcurrentHashMap<>();
    Replies replies =
        new Replies() {
          @Override
          public Optional<Reply> find(String key) {
            return Optional.ofNullable(kept.get(key));
          }

          @Override
          public CompletableFuture<Void> keep(Map<String, Reply> more) {
            return CompletableFuture.runAsync(() -> kept.putAll(more));
          }
        };
    Session session = new Session(replies, CallBudget.bottomless(), 1);
    try (LanguageModel model = open(spec(server), session)) {
      List<Generation> first = model.generate(requests(5, 1L, 2L));
      assertThat(kept).hasSize(10);
      List<Generation> again = model.generate(requests(5, 1L, 2L, 3L));
      assertThat(server.asked()).hasSize(10);
      assertThat(again.get(0).completions().subList(0, 2))
          .usingRecursiveComparison()
          .isEqualTo(first.get(0).completions());
      assertThat(again.get(0).usage()).isEqualTo(new Usage(3, 2, 8, 12, 0));
    }
  }

  @Test
  void aBudgetIsNeverPassedWhateverFails() {
    AtomicInteger count = new AtomicInteger();
    ScriptedServer server =
        server(
            asked ->
                switch (count.getAndIncrement() % 5) {
                  case 1 -> Fault.TRUNCATED;
                  case 3 -> Fault.BROKEN;
                  default -> Fault.NONE;
                });
    CallBudget budget = new CallBudget(10_000, Long.MAX_VALUE);
    OpenAiSpec spec = Specs.of(List.of(server.url()), Endpoint.CHAT, 8, 6, null, new Price(1, 2));
    try (LanguageModel model = open(spec, new Session(Replies.NONE, budget, 1))) {
      assertThatThrownBy(() -> model.generate(requests(2000, 1L)))
          .isInstanceOf(OverBudgetException.class);
    }
    assertThat(server.charged()).isBetween(1_000L, 10_000L);
    assertThat(budget.spent().tokens()).isLessThanOrEqualTo(10_000).isGreaterThan(9_000);
  }

  @Test
  void keepsToItsRequestsAMinute() {
    ScriptedServer server = server();
    OpenAiSpec spec = Specs.of(List.of(server.url()), Endpoint.CHAT, 16, 6, 30, null);
    assertThat(ask(spec, requests(100, 1L))).hasSize(100);
    assertThat(time.waited()).isBetween(Duration.ofSeconds(170), Duration.ofSeconds(185));
  }

  @Test
  void looksAtTheServerBeforeTheFirstRequest() {
    ScriptedServer server = server();
    OpenAiModels models = new OpenAiModels(name -> null, time, () -> 0.5);
    models.check("judge", spec(server));
    OpenAiSpec plain = spec(server);
    OpenAiSpec other =
        new OpenAiSpec(
            server.url(),
            List.of(),
            "gpt",
            "1",
            null,
            Endpoint.CHAT,
            false,
            Map.of(),
            1,
            1,
            plain.timeouts(),
            null,
            null,
            null);
    assertThatThrownBy(() -> models.check("judge", other))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "Model 'judge': the server at %s has no model 'gpt'; it has scripted."
                .formatted(server.url()));
    String root = server.url().replace("/v1", "");
    assertThatThrownBy(() -> models.check("judge", Specs.of(root, Endpoint.CHAT)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is no OpenAI server: GET " + root + "/models gave 404")
        .hasMessageEndingWith("The address ends with /v1 for most servers.");
    assertThatThrownBy(
            () -> models.check("judge", Specs.of("http://127.0.0.1:9/v1", Endpoint.CHAT)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no server answers at http://127.0.0.1:9/v1");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void whatAServerCannotDoIsSaidInASentence() {
    try (LanguageModel model = open(spec(server()), Session.alone())) {
      assertThatThrownBy(() -> model.score(List.of()))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "The model 'scripted' is behind a server, which generates but does not score given texts. Use a model of the provider 'djl' here.");
    }
  }
}

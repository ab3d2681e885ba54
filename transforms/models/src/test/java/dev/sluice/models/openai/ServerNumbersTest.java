package dev.sluice.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.models.Endpoint;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.openai.wire.Backoff;
import dev.sluice.models.openai.wire.HurriedTime;
import dev.sluice.models.openai.wire.Outcome;
import dev.sluice.models.openai.wire.ReadProtocol;
import dev.sluice.models.openai.wire.Reply;
import dev.sluice.models.openai.wire.TokenBound;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.OpenAiSpec.Price;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that a server sends and that cannot be so: of tokens, of waits, of probabilities. */
class ServerNumbersTest {
  private static final String SERVER = "http://a/v1";

  private final ReadProtocol protocol = new ReadProtocol(SERVER, new TokenBound(300, 40));
  private final HurriedTime time = new HurriedTime();
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
    time.close();
  }

  private Outcome read(int status, Map<String, String> headers, String body) {
    return protocol.read(status, headers, body);
  }

  private Outcome.Answered used(String usage) {
    return (Outcome.Answered)
        read(
            200,
            Map.of(),
            """
            {"choices": [{"text": "abc", "finish_reason": "stop"}, {"text": "abcdefg", "finish_reason": "stop"}],
             "usage": %s}"""
                .formatted(usage));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-9223372036854775808",
        "301",
        "2147483648",
        "9223372036854775807",
        "18446744073709551617",
        "1e30",
        "-0.5",
        "12.5",
        "\"12\"",
        "true",
        "[12]",
        "{\"n\": 12}"
      })
  void usageThatCannotBe_isTheMostThatTheRequestMayUse(String number) {
    Outcome.Answered prompt =
        used("{\"prompt_tokens\": %s, \"completion_tokens\": 5}".formatted(number));
    assertThat(prompt.promptTokens()).isEqualTo(300);
    assertThat(prompt.completionTokens()).isEqualTo(5);
    assertThat(prompt.replies()).extracting(Reply::promptTokens).containsExactly(300, 300);
    Outcome.Answered completion =
        used("{\"prompt_tokens\": 5, \"completion_tokens\": %s}".formatted(number));
    assertThat(completion.completionTokens()).isEqualTo(40);
    assertThat(completion.replies()).extracting(Reply::completionTokens).containsExactly(13, 27);
    assertThat(protocol.warned())
        .containsExactly(
            "The server at http://a/v1 says of a reply that it used prompt_tokens %s where at most 300 are possible. Such replies are kept, and the most that they can have used is counted against the budget; have the server send whole numbers of tokens in usage. This is said once."
                .formatted(number.equals("1e30") ? "1.0E30" : number.replace("n\": 12", "n\":12")));
  }

  @Test
  void usageThatCanBe_isTakenAsItIs() {
    assertThat(used("{\"prompt_tokens\": 0, \"completion_tokens\": 0}"))
        .extracting(Outcome.Answered::promptTokens, Outcome.Answered::completionTokens)
        .containsExactly(0L, 0L);
    assertThat(used("{\"prompt_tokens\": 300, \"completion_tokens\": 40.0}"))
        .extracting(Outcome.Answered::promptTokens, Outcome.Answered::completionTokens)
        .containsExactly(300L, 40L);
    // Absent: as many as the prompt and the texts have bytes, at the most.
    for (String none : List.of("null", "{}", "[]", "\"none\"", "{\"prompt_tokens\": null}")) {
      assertThat(used(none))
          .as(none)
          .extracting(Outcome.Answered::promptTokens, Outcome.Answered::completionTokens)
          .containsExactly(300L, 12L);
    }
    assertThat(protocol.warned()).isEmpty();
  }

  @Test
  void textLongerThanAsked_countsAsTheMostThatWasAsked() {
    Outcome.Answered answered =
        (Outcome.Answered)
            read(
                200,
                Map.of(),
                "{\"choices\": [{\"text\": \"%s\", \"finish_reason\": \"stop\"}]}"
                    .formatted("ab ".repeat(100_000)));
    assertThat(answered.completionTokens()).isEqualTo(40);
    assertThat(answered.replies()).extracting(Reply::completionTokens).containsExactly(40);
  }

  /** A server that answers every request so; counts them. */
  private String server(AtomicInteger count, int status, Map<String, String> headers, String body)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/v1/completions",
        exchange -> {
          count.incrementAndGet();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private Generation ask(OpenAiSpec spec, CallBudget budget) {
    try (LanguageModel model =
        new OpenAiModels(name -> null, time, () -> 0)
            .open(spec, new Session(Replies.NONE, budget, 1))) {
      return model
          .generate(List.of(new GenerationRequest("prompt", Sampling.at(1, 20), List.of(1L))))
          .get(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1000000", "3000000000", "1e300", "-2147483649", "99999999999999999999", "0.5"})
  void budget_isNeitherGivenBackNorPassedByWhatAServerSays(String number) throws IOException {
    String url =
        server(
            new AtomicInteger(),
            200,
            Map.of(),
            """
            {"choices": [{"text": "ok", "finish_reason": "stop"}],
             "usage": {"prompt_tokens": %s, "completion_tokens": %s}}"""
                .formatted(number, number));
    CallBudget budget = new CallBudget(10_000, Long.MAX_VALUE);
    OpenAiSpec spec =
        Specs.of(List.of(url), Endpoint.COMPLETIONS, 4, 6, null, new Price(0.15, 0.6));
    Generation made = ask(spec, budget);
    // Six bytes of prompt, 256 of a template, 20 of the completion.
    assertThat(budget.spent()).isEqualTo(new Cost(282, 262 * 150_000L + 20 * 600_000L));
    assertThat(made.completions()).extracting(each -> each.text()).containsExactly("ok");
    assertThat(made.usage().promptTokens()).isEqualTo(262);
    assertThat(made.usage().completionTokens()).isEqualTo(20);
    assertThat(made.usage().costUsd()).isEqualTo(0.0000513);
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 0",
    "Retry-After, 0.000",
    "Retry-After, 'Thu, 01 Jan 1970 00:00:00 GMT'",
    "Retry-After, -5",
    "Retry-After, NaN",
    "retry-after-ms, 0",
    "x-ms-retry-after-ms, 000"
  })
  void waitOfNoLength_countsAsATryAndIsNoStorm(String header, String value) throws IOException {
    AtomicInteger count = new AtomicInteger();
    String url = server(count, 429, Map.of(header, value), "{\"error\": {\"message\": \"wait\"}}");
    OpenAiSpec spec = Specs.of(url, Endpoint.COMPLETIONS);
    Generation made = ask(spec, CallBudget.bottomless());
    assertThat(made.error()).isEqualTo("the server takes no more now (429: wait)");
    assertThat(Objects.requireNonNull(made.failure()).attempts()).isEqualTo(6);
    assertThat(count).hasValue(6);
    // Five pauses that chance made as short as may be.
    assertThat(time.waited()).isEqualTo(Backoff.SHORTEST.multipliedBy(5));
  }

  @Test
  void waits_areNeverShorterOrLongerThanTheirBounds() {
    Map<String, Optional<Duration>> expected =
        Map.of(
            "0.001", Optional.of(Duration.ofMillis(200)),
            "0.2001", Optional.of(Duration.ofMillis(201)),
            "1", Optional.of(Duration.ofSeconds(1)),
            "601", Optional.of(Duration.ofMinutes(10)),
            "999999999999999999", Optional.of(Duration.ofMinutes(10)),
            "99999999999999999999", Optional.empty(),
            "1e9", Optional.empty());
    expected.forEach(
        (header, wait) ->
            assertThat(Backoff.asked(header, Instant.EPOCH)).as(header).isEqualTo(wait));
    assertThat(pause(Map.of("retry-after-ms", "1"), "{}")).contains(Backoff.SHORTEST);
    assertThat(pause(Map.of("retry-after-ms", "999999999999999999"), "{}"))
        .contains(Duration.ofMinutes(10));
    // By the server's clock it is a wait of 30 seconds, though it is long past here.
    assertThat(
            pause(
                Map.of(
                    "Date", "Tue, 24 Nov 2020 20:00:00 GMT",
                    "Retry-After", "Tue, 24 Nov 2020 20:00:30 GMT"),
                "{}"))
        .contains(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"seconds\": 9223372036854775807}|600000",
        "{\"seconds\": 99999999999999999999999}|600000",
        "{\"seconds\": -3}|0",
        "{\"nanos\": -1}|0",
        "{\"nanos\": 1}|200",
        "{\"seconds\": 1e400}|0",
        "{\"seconds\": 1.5}|0",
        "\"999999999999999999s\"|600000",
        "\"0s\"|0"
      })
  void retryInfo_isBoundedWhateverItsNumbers(String delay, long millis) {
    Optional<Duration> expected =
        millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    assertThat(
            pause(
                Map.of(),
                "{\"error\": {\"details\": [{\"@type\": \"google.rpc.RetryInfo\", \"retryDelay\": %s}]}}"
                    .formatted(delay)))
        .isEqualTo(expected);
  }

  private Optional<Duration> pause(Map<String, String> headers, String body) {
    Outcome.Trouble trouble = (Outcome.Trouble) read(429, headers, body);
    assertThat(trouble.errorClass()).isEqualTo("rate_limited");
    return trouble.pause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1e9", "-1e39", "-1e400", "\"-1\"", "[-1]", "0.0011"})
  void logProbabilityThatIsNone_leavesTheReplyWithoutAny(String number) {
    Outcome.Answered answered =
        (Outcome.Answered)
            read(
                200,
                Map.of(),
                """
                {"choices": [{"text": "ab", "finish_reason": "stop", "logprobs":
                  {"tokens": ["a", "b"], "token_logprobs": [-1, %s]}}]}"""
                    .formatted(number));
    assertThat(answered.replies().get(0).logprobs()).isEmpty();
    assertThat(answered.replies().get(0).pieces()).isEmpty();
  }

  @Test
  void money_doesNotTurnNegativeHoweverMuchItIs() {
    Price dear = new Price(1e9, 1e15);
    Cost huge = Cost.of(1L << 40, 1L << 40, dear);
    assertThat(huge).isEqualTo(new Cost(1L << 41, Long.MAX_VALUE));
    assertThat(huge.plus(huge)).isEqualTo(new Cost(1L << 42, Long.MAX_VALUE));
    assertThat(Cost.pico(1e300)).isEqualTo(Long.MAX_VALUE);
    CallBudget budget = new CallBudget(Long.MAX_VALUE, Cost.pico(5));
    assertThat(budget.take(huge, () -> {})).isEqualTo(CallBudget.Answer.NEVER);
    assertThat(budget.take(Cost.of(1, 0, new Price(1, 0)), () -> {}))
        .isEqualTo(CallBudget.Answer.GRANTED);
  }
}

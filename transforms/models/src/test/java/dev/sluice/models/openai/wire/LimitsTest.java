package dev.sluice.models.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Endpoint;
import dev.sluice.models.openai.CallBudget;
import dev.sluice.models.openai.Cost;
import dev.sluice.models.openai.RateLimit;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.OpenAiSpec.Price;
import dev.sluice.models.provider.OpenAiSpec.Timeouts;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of limits, waits, money, and what a fingerprint sees. */
class LimitsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void noMinuteHoldsMoreRequestsThanTheLimit() {
    RateLimit limit = new RateLimit(2, Long.MAX_VALUE);
    limit.begin(0, 10);
    assertThat(limit.delay(10 * SECOND, 10)).isZero();
    limit.begin(10 * SECOND, 10);
    assertThat(limit.delay(20 * SECOND, 10)).isEqualTo(40 * SECOND);
    assertThat(limit.delay(60 * SECOND, 10)).isZero();
    limit.begin(60 * SECOND, 10);
    assertThat(limit.delay(61 * SECOND, 10)).isEqualTo(9 * SECOND);
  }

  @Test
  void noMinuteHoldsMoreTokensThanTheLimitAndRepliesCorrectIt() {
    RateLimit limit = new RateLimit(Long.MAX_VALUE, 100);
    RateLimit.Entry first = limit.begin(0, 80);
    assertThat(limit.delay(SECOND, 30)).isEqualTo(59 * SECOND);
    limit.correct(first, 20);
    assertThat(limit.delay(SECOND, 30)).isZero();
    // One that is more than the limit alone begins when nothing else counts.
    assertThat(limit.delay(2 * SECOND, 500)).isEqualTo(58 * SECOND);
    assertThat(limit.delay(60 * SECOND, 500)).isZero();
    limit.correct(first, 1000);
    assertThat(limit.delay(60 * SECOND, 100)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'seconds': 3, 'nanos': 1e400} | PT3S",
        "{'seconds': 1e400, 'nanos': 500000000} | PT0.5S",
        "{'seconds': 99999999999999999999999} | PT10M",
        "{'seconds': 2, 'nanos': 'x'} | PT2S",
        "{'nanos': 999999999999999999999} | PT10M",
        "{'seconds': -5, 'nanos': 1} | ",
        "{'seconds': 1e400, 'nanos': 1.5} | "
      })
  void waitOfNumbersBeyondAnyType_isWhatTheWholeOnesSay(String delay, @Nullable String wait)
      throws IOException {
    JsonNode error =
        new ObjectMapper()
            .readTree(
                "{\"details\": [{\"@type\": \"a.RetryInfo\", \"retryDelay\": %s}]}"
                    .formatted(delay.replace('\'', '"')));
    assertThat(Limits.wait(HttpHeaders.of(Map.of(), (name, value) -> true), error, Instant.EPOCH))
        .isEqualTo(Optional.ofNullable(wait).map(Duration::parse));
  }

  @Test
  void waitsDoubleUpToABound() {
    assertThat(List.of(1, 2, 3, 7, 60).stream().map(n -> Backoff.after(n, 1)))
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    assertThat(Backoff.after(3, 0.25)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void readsWhatRetryAfterAsksFor() {
    Instant now = Instant.parse("2026-11-24T20:00:00Z");
    assertThat(Backoff.asked("7", now)).contains(Duration.ofSeconds(7));
    assertThat(Backoff.asked("0.5", now)).contains(Duration.ofMillis(500));
    assertThat(Backoff.asked("Tue, 24 Nov 2026 20:00:30 GMT", now))
        .contains(Duration.ofSeconds(30));
    assertThat(Backoff.asked("Tue, 24 Nov 2026 19:00:30 GMT", now)).isEmpty();
    assertThat(Backoff.asked("999999", now)).contains(Duration.ofMinutes(10));
    assertThat(Backoff.asked("soon", now)).isEmpty();
  }

  @Test
  void moneyAddsUpExactly() {
    Price price = new Price(0.15, 0.6);
    Cost one = Cost.of(7, 3, price);
    assertThat(one).isEqualTo(new Cost(10, 7 * 150_000 + 3 * 600_000));
    Cost sum = Cost.NONE;
    for (int i = 0; i < 1_000_000; i++) {
      sum = sum.plus(one);
    }
    assertThat(sum.usd()).isEqualTo(2.85);
    assertThat(Cost.pico(2.85)).isEqualTo(sum.picoUsd());
    assertThat(Cost.of(5, 5, null)).isEqualTo(new Cost(10, 0));
  }

  @Test
  void aPurseGivesWhatIsLeftAndSaysWhenNothingHelps() {
    CallBudget budget = new CallBudget(100, Long.MAX_VALUE);
    Cost worst = new Cost(60, 0);
    List<String> woken = new ArrayList<>();
    assertThat(budget.take(worst, () -> {})).isEqualTo(CallBudget.Answer.GRANTED);
    assertThat(budget.take(worst, () -> woken.add("later"))).isEqualTo(CallBudget.Answer.LATER);
    budget.settle(worst, new Cost(40, 0));
    assertThat(woken).containsExactly("later");
    assertThat(budget.take(worst, () -> {})).isEqualTo(CallBudget.Answer.GRANTED);
    budget.settle(worst, worst);
    assertThat(budget.spent()).isEqualTo(new Cost(100, 0));
    assertThat(budget.take(new Cost(1, 0), () -> {})).isEqualTo(CallBudget.Answer.NEVER);
  }

  @Test
  void onlyWhatDecidesAnswersIsTheModelsIdentity() {
    OpenAiSpec spec = spec("http://a/v1", "m", "1", Endpoint.CHAT, 1);
    assertThat(spec("http://b/v1", "m", "1", Endpoint.CHAT, 9).identity())
        .isEqualTo(spec.identity())
        .isEqualTo("m@1/chat");
    assertThat(spec("http://a/v1", "n", "1", Endpoint.CHAT, 1).identity()).isEqualTo("n@1/chat");
    assertThat(spec("http://a/v1", "m", "2", Endpoint.CHAT, 1).identity()).isEqualTo("m@2/chat");
    assertThat(spec("http://a/v1", "m", "1", Endpoint.COMPLETIONS, 1).identity())
        .isEqualTo("m@1/completions");
  }

  @Test
  void refusesAddressesThatAreNoneOrHoldSecrets() {
    assertThat(spec("http://a/v1", "m", "1", Endpoint.CHAT, 1).objection()).isEmpty();
    assertThat(spec("a:8000", "m", "1", Endpoint.CHAT, 1).objection())
        .isEqualTo("the address of a server is such as http://127.0.0.1:8000/v1, but is 'a:8000'");
    assertThat(spec("http://u:p@a/v1", "m", "1", Endpoint.CHAT, 1).objection())
        .startsWith("the address of a server holds no user, password or query")
        .doesNotContain("u:p");
    assertThat(spec("http://a/v1", "m", " ", Endpoint.CHAT, 1).objection())
        .isEqualTo("'model' and 'revision' must not be empty");
  }

  private static OpenAiSpec spec(
      String url, String model, String revision, Endpoint endpoint, int inFlight) {
    return new OpenAiSpec(
        url,
        List.of(),
        model,
        revision,
        null,
        endpoint,
        false,
        Map.of(),
        inFlight,
        6,
        new Timeouts("1s", "1s", "1s"),
        null,
        null,
        null);
  }
}

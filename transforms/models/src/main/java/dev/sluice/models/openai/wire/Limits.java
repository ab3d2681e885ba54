package dev.sluice.models.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a reply that refuses a request says about limits: whether the account is exhausted, which no
 * wait mends, or how long to wait.
 */
final class Limits {
  /**
   * Codes and types of errors. The word "quota" in a message says nothing: Azure, Gemini and Vertex
   * use it for what may be asked in a minute.
   */
  private static final Pattern EXHAUSTED_CODE =
      Pattern.compile(
          "(?i)insufficient_quota|insufficient_(balance|credits?|funds)|billing_.*|.*_billing"
              + "|.*_billing_.*|credits?_exhausted|payment_required|arrearage|exceeded_current_quota_error");

  /** For gateways that pass the message on and lose the code. */
  private static final Pattern EXHAUSTED_MESSAGE =
      Pattern.compile(
          "(?i)insufficient_quota|insufficient (account )?(balance|credits?|funds)"
              + "|credit balance is too low|out of credits");

  private static final Pattern SECONDS = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?s");

  private static final int NANO_DIGITS = 9;

  private Limits() {}

  /**
   * Whether the account is exhausted.
   *
   * @param error the body's {@code error}, or the body itself
   * @param wait what the server asks for
   */
  static boolean exhausted(int status, JsonNode error, Optional<Duration> wait) {
    if (status == 402) {
      return true;
    }
    if (status != 429) {
      return false;
    }
    for (String key : List.of("code", "type", "status")) {
      if (EXHAUSTED_CODE.matcher(error.path(key).asText("")).matches()) {
        return true;
      }
    }
    // One that says how long to wait expects the account to be good afterwards.
    String message = error.isTextual() ? error.asText() : error.path("message").asText("");
    return wait.isEmpty() && EXHAUSTED_MESSAGE.matcher(message).find();
  }

  /**
   * How long the server asks to be left alone: {@code Retry-After}, the milliseconds that Azure and
   * OpenAI send beside it, or the {@code google.rpc.RetryInfo} of Gemini and Vertex.
   *
   * @param now for a server that does not send its own time
   * @return empty if it does not ask, or for no time at all
   */
  static Optional<Duration> wait(HttpHeaders headers, JsonNode error, Instant now) {
    for (String name : List.of("retry-after-ms", "x-ms-retry-after-ms")) {
      Optional<Duration> millis =
          headers
              .firstValue(name)
              .map(String::strip)
              .filter(text -> text.matches("\\d{1,18}"))
              .flatMap(text -> Backoff.bounded(new BigDecimal(text).movePointLeft(3)));
      if (millis.isPresent()) {
        return millis;
      }
    }
    // A date is one of the server's clock, which may be ahead of this machine's.
    Instant theirs =
        headers.firstValue("date").flatMap(text -> Backoff.date(text.strip())).orElse(now);
    Optional<Duration> header =
        headers.firstValue("retry-after").flatMap(text -> Backoff.asked(text.strip(), theirs));
    return header.isPresent() ? header : retryInfo(error);
  }

  private static Optional<Duration> retryInfo(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      boolean info = detail.path("@type").asText("").toLowerCase(Locale.ROOT).endsWith("retryinfo");
      JsonNode delay = info ? detail.path("retryDelay") : detail.path("no such key");
      if (SECONDS.matcher(delay.asText("")).matches()) {
        return Backoff.bounded(new BigDecimal(delay.asText().replace("s", "")));
      }
      JsonNode seconds = delay.path("seconds");
      JsonNode nanos = delay.path("nanos");
      if (seconds.isIntegralNumber() || nanos.isIntegralNumber()) {
        return Backoff.bounded(
            new BigDecimal(whole(nanos), NANO_DIGITS).add(new BigDecimal(whole(seconds))));
      }
    }
    return Optional.empty();
  }

  /** A whole number; 0 for what is none, a number beyond any double included. */
  private static BigInteger whole(JsonNode node) {
    return node.isIntegralNumber() ? node.bigIntegerValue() : BigInteger.ZERO;
  }
}

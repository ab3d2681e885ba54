package dev.sluice.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
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

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?s");

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
   */
  static Optional<Duration> wait(HttpHeaders headers, JsonNode error, Instant now) {
    for (String name : List.of("retry-after-ms", "x-ms-retry-after-ms")) {
      Optional<String> millis =
          headers.firstValue(name).map(String::strip).filter(text -> text.matches("\\d{1,9}"));
      if (millis.isPresent()) {
        return Optional.of(Backoff.bounded(Duration.ofMillis(Long.parseLong(millis.get()))));
      }
    }
    Optional<Duration> header =
        headers.firstValue("retry-after").flatMap(text -> Backoff.asked(text.strip(), now));
    if (header.isPresent()) {
      return header;
    }
    for (JsonNode detail : error.path("details")) {
      boolean info = detail.path("@type").asText("").toLowerCase(Locale.ROOT).endsWith("retryinfo");
      JsonNode delay = info ? detail.path("retryDelay") : detail.path("no such key");
      if (SECONDS.matcher(delay.asText("")).matches()) {
        String seconds = delay.asText().replace("s", "");
        return Optional.of(Backoff.bounded(millis(new BigDecimal(seconds))));
      }
      if (delay.path("seconds").isNumber() || delay.path("nanos").isNumber()) {
        BigDecimal nanos = BigDecimal.valueOf(delay.path("nanos").asLong(), 9);
        return Optional.of(
            Backoff.bounded(millis(nanos.add(delay.path("seconds").decimalValue()))));
      }
    }
    return Optional.empty();
  }

  private static Duration millis(BigDecimal seconds) {
    return Duration.ofMillis(seconds.movePointRight(3).longValue());
  }
}

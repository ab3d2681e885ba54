package dev.sluice.models.openai.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long to wait before another try: a random time up to a bound that doubles ("full jitter" of
 * Brooker, Exponential Backoff and Jitter, AWS 2015).
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long MAX_MILLIS = 30_000;
  private static final int MAX_DOUBLINGS = 6;

  /** No wait is shorter, whatever chance or a server says. */
  public static final Duration SHORTEST = Duration.ofMillis(200);

  /** No server is waited for longer, whatever it says. */
  private static final Duration MAX_LENGTH = Duration.ofMinutes(10);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");

  private Backoff() {}

  /**
   * The wait after a try that failed.
   *
   * @param attempt from 1
   * @param random from 0 to 1
   */
  public static Duration after(int attempt, double random) {
    long bound = FIRST_MILLIS << Math.min(MAX_DOUBLINGS, attempt - 1);
    return longer(Duration.ofMillis(Math.round(Math.min(MAX_MILLIS, bound) * random)));
  }

  private static Duration longer(Duration wait) {
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  /**
   * What the header {@code Retry-After} asks for: seconds, or a date (RFC 9110, 10.2.3).
   *
   * @param now by the server's clock
   * @return empty if it asks for no wait
   */
  public static Optional<Duration> asked(String header, Instant now) {
    if (SECONDS.matcher(header).matches()) {
      return bounded(new BigDecimal(header));
    }
    return date(header).flatMap(until -> bounded(Duration.between(now, until)));
  }

  /** A date of a header; empty if it is none. */
  static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A wait in seconds that a server asks for, as long as it is obeyed. */
  static Optional<Duration> bounded(BigDecimal seconds) {
    // Beyond the longest, all are alike.
    BigDecimal millis =
        seconds
            .min(BigDecimal.valueOf(MAX_LENGTH.toSeconds()))
            .max(BigDecimal.ZERO)
            .movePointRight(3);
    return bounded(Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValue()));
  }

  /**
   * A wait that a server asks for, as long as it is obeyed. One of no length, or into the past, is
   * no wait: the request is tried again after a pause of its own, and that try counts.
   */
  static Optional<Duration> bounded(Duration wait) {
    if (wait.isNegative() || wait.isZero()) {
      return Optional.empty();
    }
    return Optional.of(wait.compareTo(MAX_LENGTH) > 0 ? MAX_LENGTH : longer(wait));
  }
}

package dev.sluice.models.openai;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How long to wait before another try: a random time up to a bound that doubles ("full jitter" of
 * Brooker, Exponential Backoff and Jitter, AWS 2015).
 */
final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 30_000;
  private static final int MOST_DOUBLINGS = 6;

  /** No server is waited for longer, whatever it says. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Backoff() {}

  /**
   * The wait after a try that failed.
   *
   * @param attempt from 1
   * @param random from 0 to 1
   */
  static Duration after(int attempt, double random) {
    long bound = FIRST_MILLIS << Math.min(MOST_DOUBLINGS, attempt - 1);
    return Duration.ofMillis(Math.round(Math.min(MOST_MILLIS, bound) * random));
  }

  /** What the header {@code Retry-After} asks for: seconds, or a date (RFC 9110, 10.2.3). */
  static Optional<Duration> asked(String header, Instant now) {
    Duration wait;
    try {
      wait =
          header.matches("\\d{1,9}(\\.\\d{1,9})?")
              ? Duration.ofMillis(Math.round(Double.parseDouble(header) * 1000))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
    return Optional.of(bounded(wait));
  }

  /** A wait that a server asks for, as long as it is obeyed. */
  static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}

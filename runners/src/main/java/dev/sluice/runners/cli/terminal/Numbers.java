package dev.sluice.runners.cli.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * Numbers as people read them. Without {@link String#format}, whose locale data cost a short
 * command a twentieth of a second.
 */
public final class Numbers {
  private Numbers() {}

  /** Whole numbers with commas. */
  public static String whole(long value) {
    String digits = Long.toString(Math.abs(value));
    StringBuilder text = new StringBuilder(value < 0 ? "-" : "");
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return text.toString();
  }

  /** A number with so many decimals. */
  public static String decimals(double value, int count) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(count, RoundingMode.HALF_UP).toPlainString()
        : Double.toString(value);
  }

  /** Rates: three digits that count. */
  public static String rate(double value) {
    if (value >= 10_000) {
      return decimals(value / 1000, 1) + "k";
    }
    return value >= 100 ? whole(Math.round(value)) : decimals(value, 1);
  }

  /** Times: 8.4 s, 3:05, 1:02:09. */
  public static String time(double seconds) {
    if (seconds < 60) {
      return decimals(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    String minutes = Long.toString(whole / 60 % 60);
    String rest = two(whole % 60);
    return whole < 3600
        ? minutes + ":" + rest
        : whole / 3600 + ":" + two(whole / 60 % 60) + ":" + rest;
  }

  public static String time(Duration duration) {
    return time(duration.toMillis() / 1000.0);
  }

  /** Times to the second: 8 s, 3:05, 1:02:09. */
  public static String clock(Duration duration) {
    long whole = Math.round(duration.toMillis() / 1000.0);
    return whole < 60 ? whole + " s" : time((double) whole);
  }

  /** An instant to the second; another text as it is. */
  public static String toTheSecond(String instant) {
    try {
      return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeParseException e) {
      return instant;
    }
  }

  private static String two(long value) {
    return value < 10 ? "0" + value : Long.toString(value);
  }
}

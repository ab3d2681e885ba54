package dev.sluice.runners.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
  private Numbers() {}

  /** Whole numbers with commas. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Rates: three digits that count. */
  static String rate(double value) {
    if (value >= 10_000) {
      return String.format(Locale.ROOT, "%.1fk", value / 1000);
    }
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  /** Times: 8.4 s, 3:05, 1:02:09. */
  static String time(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  static String time(Duration duration) {
    return time(duration.toMillis() / 1000.0);
  }
}

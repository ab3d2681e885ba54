package dev.sluice.records.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Durations as people write them. */
public final class Durations {
  private static final List<String> UNITS = List.of("ms", "s", "m", "h", "d", "w");
  private static final long[] MILLIS = {1, 1000, 60_000, 3_600_000, 86_400_000, 604_800_000};

  private Durations() {}

  /** Such as {@code 90s}, {@code 1h30m}, {@code PT6H}; null if the text is none. */
  public static @Nullable Duration parse(String text) {
    if (text.startsWith("P")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeException e) {
        return null;
      }
    }
    long millis = 0;
    int i = 0;
    while (i < text.length()) {
      int number = i;
      while (i < text.length() && Character.isDigit(text.charAt(i))) {
        i++;
      }
      int unit = i;
      while (i < text.length() && Character.isLetter(text.charAt(i))) {
        i++;
      }
      int index = UNITS.indexOf(text.substring(unit, i));
      if (unit == number || unit - number > 9 || index < 0) {
        return null;
      }
      millis += Long.parseLong(text.substring(number, unit)) * MILLIS[index];
    }
    return text.isEmpty() ? null : Duration.ofMillis(millis);
  }
}

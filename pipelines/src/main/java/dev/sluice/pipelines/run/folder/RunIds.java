package dev.sluice.pipelines.run.folder;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ids of runs: a time, so that they sort by it, and random digits. */
public final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern ID = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]+");

  /** With three digits of milliseconds; older ids have random digits alone there. */
  private static final Pattern TIMED =
      Pattern.compile("(\\d{8}-\\d{6})-([0-3][0-9a-f]{2})[0-9a-f]{6}");

  private RunIds() {}

  /** An id for a new run: it sorts by time, as three digits of milliseconds do within a second. */
  public static String next(Clock clock) {
    byte[] random = new byte[3];
    new SecureRandom().nextBytes(random);
    Instant now = clock.instant();
    return "%s-%03x%s"
        .formatted(
            TIME.format(now),
            now.get(ChronoField.MILLI_OF_SECOND),
            HexFormat.of().formatHex(random));
  }

  /** Whether a name is one that runs have. */
  static boolean isId(String name) {
    return ID.matcher(name).matches();
  }

  /** The time in an id; empty if the id has none. */
  static Optional<Instant> time(String id) {
    Matcher timed = TIMED.matcher(id);
    if (!timed.matches()) {
      return Optional.empty();
    }
    try {
      Instant second = TIME.parse(timed.group(1), Instant::from);
      return Optional.of(second.plusMillis(Integer.parseInt(timed.group(2), 16)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}

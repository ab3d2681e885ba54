package dev.sluice.pipelines.file;

import dev.sluice.pipelines.cron.CronTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** Moments as people write them. */
public final class Timestamps {
  private static final Pattern OFFSET = Pattern.compile(".*Z|[+-]\\d\\d:\\d\\d", Pattern.DOTALL);
  private static final int OFFSET_LENGTH = "+00:00".length();

  private Timestamps() {}

  private static String end(String moment) {
    return moment.substring(Math.max(0, moment.length() - OFFSET_LENGTH));
  }

  /**
   * A date (its start), a local time ({@code 2027-03-01T06:00}; the first of two, or the end of the
   * gap that it falls into), or a time with an offset.
   *
   * @throws DateTimeException if the text is none
   */
  public static Instant parse(String text, ZoneId zone) {
    String moment = text.strip().replace(' ', 'T');
    if (moment.indexOf('T') >= 0 && OFFSET.matcher(end(moment)).matches()) {
      return OffsetDateTime.parse(moment).toInstant();
    }
    LocalDateTime local =
        moment.indexOf('T') < 0
            ? LocalDate.parse(moment).atStartOfDay()
            : LocalDateTime.parse(moment);
    return CronTimes.instant(local, zone.getRules());
  }
}

package dev.sluice.pipelines.file;

import dev.sluice.pipelines.cron.CronTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Moments as people write them. */
public final class Moments {
  private Moments() {}

  /**
   * A date (its start), a local time ({@code 2027-03-01T06:00}; the first of two, or the end of the
   * gap that it falls into), or a time with an offset.
   *
   * @throws DateTimeException if the text is none
   */
  public static Instant parse(String text, ZoneId zone) {
    String moment = text.strip().replace(' ', 'T');
    if (moment.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)$")) {
      return OffsetDateTime.parse(moment).toInstant();
    }
    LocalDateTime local =
        moment.indexOf('T') < 0
            ? LocalDate.parse(moment).atStartOfDay()
            : LocalDateTime.parse(moment);
    return CronTimes.instant(local, zone.getRules());
  }
}

package dev.sluice.pipelines.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * The instants of a cron line in a time zone, as Debian's cron has them. With fixed minute and hour
 * fields, a local time that does not exist fires at the gap's end, and one that exists twice fires
 * the first time. Where the minute or the hour field begins with {@code *}, the line goes by real
 * time: through the repeated hour too, and nothing is made up for the gap.
 */
public final class CronTimes {
  /** Years are from 1 to 9999; there is no fire outside. */
  private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private final CronLine line;
  private final ZoneRules rules;

  public CronTimes(CronLine line, ZoneId zone) {
    this.line = line;
    this.rules = zone.getRules();
  }

  /** The first fire strictly after an instant; empty if there is none before the year 10000. */
  public Optional<Instant> next(Instant after) {
    if (!after.isBefore(LAST)) {
      return Optional.empty();
    }
    Instant from = after.isBefore(FIRST) ? FIRST : after;
    Optional<Instant> fire = line.wildcard() ? byRealTime(from) : byLocalTime(from);
    return fire.filter(instant -> instant.isBefore(LAST));
  }

  /** The instant of a local time: the first of two; the gap's end if there is none. */
  public static Instant instant(LocalDateTime local, ZoneRules rules) {
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    return offsets.isEmpty()
        ? rules.getTransition(local).getInstant()
        : local.toInstant(offsets.get(0));
  }

  /** Stretch by stretch of one offset; in each, local order is the order of time. */
  private Optional<Instant> byRealTime(Instant after) {
    Instant from = after.plusNanos(1);
    while (from.isBefore(LAST)) {
      ZoneOffset offset = rules.getOffset(from);
      Optional<LocalDateTime> local = line.atOrAfter(LocalDateTime.ofInstant(from, offset));
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant fire = local.get().toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || fire.isBefore(change.getInstant())) {
        return Optional.of(fire);
      }
      from = change.getInstant();
    }
    return Optional.empty();
  }

  /** A later local time has no earlier {@link #instant}: those up to the present one are over. */
  private Optional<Instant> byLocalTime(Instant after) {
    LocalDateTime now = LocalDateTime.ofInstant(after, rules.getOffset(after));
    Optional<LocalDateTime> local = line.atOrAfter(now.plusNanos(1));
    while (local.isPresent()) {
      Instant fire = instant(local.get(), rules);
      if (fire.isAfter(after)) {
        return Optional.of(fire);
      }
      local = line.atOrAfter(local.get().plusMinutes(1));
    }
    return Optional.empty();
  }
}

package dev.sluice.pipelines.cron;

import dev.sluice.records.Printable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** A cron line: five fields with names, or a nickname. Knows local times only. */
public final class CronLine {
  /** After so many years the calendar, weekdays included, is the same again. */
  private static final int CYCLE_YEARS = 400;

  /** One time of day, or every hour: seen through at once, since the parser is slow to load. */
  private static final Pattern PLAIN =
      Pattern.compile("[0-5]?\\d (\\*|1?\\d|2[0-3]) \\* \\* (\\*|[0-7])");

  // Bit i stands for the value i; Sunday is 0.
  private final long minutes;
  private final long hours;
  private final long days;
  private final long months;
  private final long weekdays;
  private final boolean wildcard;
  private final boolean eitherDay;

  CronLine(
      long minutes,
      long hours,
      long days,
      long months,
      long weekdays,
      boolean wildcard,
      boolean eitherDay) {
    this.minutes = minutes;
    this.hours = hours;
    this.days = days;
    this.months = months;
    this.weekdays = weekdays;
    this.wildcard = wildcard;
    this.eitherDay = eitherDay;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if {@link #problem} names a problem
   */
  public static CronLine parse(String line) {
    CronLine parsed = CronParsing.parse(spaced(line));
    if (parsed.atOrAfter(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
      throw new IllegalArgumentException(never(line));
    }
    return parsed;
  }

  /** What is wrong with a cron line, as the end of a sentence; empty if nothing is. */
  public static String problem(String line) {
    if (PLAIN.matcher(line).matches()) {
      return "";
    }
    String shown = ", but is '" + Printable.sentence(line) + "'";
    int fields = line.isBlank() ? 0 : spaced(line).split(" ", -1).length;
    if (!line.strip().startsWith("@") && fields != 5) {
      return "must have five fields (minute, hour, day of month, month, day of week)%s with %d"
          .formatted(shown, fields);
    }
    try {
      CronLine unused = parse(line);
      return "";
    } catch (IllegalArgumentException e) {
      return never(line).equals(e.getMessage())
          ? never(line)
          : Printable.sentence("must be a cron line" + shown + ": " + e.getMessage());
    }
  }

  private static String never(String line) {
    return "must fire at some time, but '" + Printable.sentence(line) + "' never does";
  }

  private static String spaced(String line) {
    return line.strip().replaceAll("\\s+", " ");
  }

  /**
   * Whether the minute or the hour field begins with {@code *}, be it with a step: then the line
   * goes by real time (Vixie's {@code MIN_STAR | HR_STAR}).
   */
  boolean wildcard() {
    return wildcard;
  }

  /** The first local time from this one on that the line names; empty if there is none. */
  Optional<LocalDateTime> atOrAfter(LocalDateTime from) {
    LocalDateTime minute = from.truncatedTo(ChronoUnit.MINUTES);
    if (minute.isBefore(from)) {
      minute = minute.plusMinutes(1);
    }
    LocalDate date = minute.toLocalDate();
    int minuteOfDay = minute.getHour() * 60 + minute.getMinute();
    LocalDate limit = date.plusYears(CYCLE_YEARS).plusDays(1);
    while (date.isBefore(limit)) {
      if (!has(months, date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
      } else {
        int found = names(date) ? minuteFrom(minuteOfDay) : -1;
        if (found >= 0) {
          return Optional.of(date.atTime(found / 60, found % 60));
        }
        date = date.plusDays(1);
      }
      minuteOfDay = 0;
    }
    return Optional.empty();
  }

  /**
   * Whether the line names a day of a month that it names. As in Vixie's cron, a field that begins
   * with a star, be it with a step, restricts beside the other; two that do not are an "or".
   */
  private boolean names(LocalDate date) {
    boolean day = has(days, date.getDayOfMonth());
    boolean weekday = has(weekdays, date.getDayOfWeek().getValue() % 7);
    return eitherDay ? day || weekday : day && weekday;
  }

  /** The first minute of a day from this one on; -1 if there is none. */
  private int minuteFrom(int minuteOfDay) {
    int first = minuteOfDay % 60;
    for (int hour = minuteOfDay / 60; hour < 24; hour++) {
      long left = has(hours, hour) ? minutes & (-1L << first) : 0;
      if (left != 0) {
        return hour * 60 + Long.numberOfTrailingZeros(left);
      }
      first = 0;
    }
    return -1;
  }

  private static boolean has(long bits, int value) {
    return ((bits >> value) & 1) != 0;
  }
}

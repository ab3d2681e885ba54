package dev.sluice.pipelines.file;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;

/** Cron lines: five fields with names, or a nickname. */
final class CronLine {
  private static final ZonedDateTime SOME_TIME =
      ZonedDateTime.of(2027, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  /** One time of day, or every hour: seen through at once, since the parser is slow to load. */
  private static final Pattern PLAIN =
      Pattern.compile("[0-5]?\\d (\\*|1?\\d|2[0-3]) \\* \\* (\\*|[0-7])");

  private CronLine() {}

  /** What is wrong with a cron line; empty if nothing is. */
  static String problem(String line) {
    if (PLAIN.matcher(line).matches()) {
      return "";
    }
    String shown = ", but is '" + line + "'";
    int fields = line.isBlank() ? 0 : line.strip().split("\\s+").length;
    if (!line.startsWith("@") && fields != 5) {
      return "must have five fields (minute, hour, day of month, month, day of week)%s with %d"
          .formatted(shown, fields);
    }
    try {
      Cron cron = new CronParser(definition()).parse(line);
      return ExecutionTime.forCron(cron).nextExecution(SOME_TIME).isPresent()
          ? ""
          : "must fire at some time, but '" + line + "' never does";
    } catch (IllegalArgumentException e) {
      return "must be a cron line" + shown + ": " + e.getMessage();
    }
  }

  private static CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withStrictRange()
        .and()
        .withHours()
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withStrictRange()
        .and()
        .withMonth()
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(0, 7)
        .withMondayDoWValue(1)
        .withIntMapping(7, 0)
        .withStrictRange()
        .and()
        .withSupportedNicknameYearly()
        .withSupportedNicknameAnnually()
        .withSupportedNicknameMonthly()
        .withSupportedNicknameWeekly()
        .withSupportedNicknameDaily()
        .withSupportedNicknameMidnight()
        .withSupportedNicknameHourly()
        .instance();
  }
}

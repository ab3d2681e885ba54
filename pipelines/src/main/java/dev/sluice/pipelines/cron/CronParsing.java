package dev.sluice.pipelines.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.parser.CronParser;

/** From a line to sets of bits. The grammar is the library's; the times are {@link CronLine}'s. */
final class CronParsing {
  private CronParsing() {}

  /**
   * Reads a line of five fields with one space between them, or a nickname.
   *
   * @throws IllegalArgumentException if it is none
   */
  static CronLine parse(String line) {
    try {
      return parsed(line);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      // The library takes fields apart before it has looked at them, and reads more than cron does.
      throw new IllegalArgumentException("a field is no value, range, step or list", e);
    }
  }

  private static CronLine parsed(String line) {
    Cron cron = new CronParser(definition()).parse(sundayFirst(line));
    // A nickname stands for the fields that the library made of it.
    String[] fields = (line.startsWith("@") ? cron.asString() : line).split(" ", -1);
    long weekdays = bits(cron, CronFieldName.DAY_OF_WEEK, 0, 7);
    return new CronLine(
        bits(cron, CronFieldName.MINUTE, 0, 59),
        bits(cron, CronFieldName.HOUR, 0, 23),
        bits(cron, CronFieldName.DAY_OF_MONTH, 1, 31),
        bits(cron, CronFieldName.MONTH, 1, 12),
        (weekdays | (weekdays >> 7)) & 0x7f,
        fields[0].startsWith("*") || fields[1].startsWith("*"),
        !fields[2].startsWith("*") && !fields[4].startsWith("*"));
  }

  /** The library reads {@code SUN-TUE} as 7 to 2 and refuses it; cron reads it as 0 to 2. */
  private static String sundayFirst(String line) {
    return line.replaceAll("(?i)\\bsun-", "0-");
  }

  private static long bits(Cron cron, CronFieldName name, int least, int most) {
    return bits(cron.retrieve(name).getExpression(), least, most, 1);
  }

  private static long bits(FieldExpression expression, int least, int most, int step) {
    if (expression instanceof And list) {
      return list.getExpressions().stream()
          .mapToLong(part -> bits(part, least, most, 1))
          .reduce(0, (a, b) -> a | b);
    }
    if (expression instanceof Every every) {
      return bits(every.getExpression(), least, most, every.getPeriod().getValue());
    }
    if (expression instanceof Between range) {
      return bits((int) range.getFrom().getValue(), (int) range.getTo().getValue(), step);
    }
    if (expression instanceof On on) {
      int value = on.getTime().getValue();
      // With a step, to the end of the field; a week that starts at Monday has no second Sunday.
      return bits(value, step == 1 ? value : Math.min(most, most == 7 ? 6 : most), step);
    }
    return bits(least, most, step);
  }

  private static long bits(int from, int to, int step) {
    long bits = 0;
    for (int i = from; i <= to; i += step) {
      bits |= 1L << i;
    }
    return bits;
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

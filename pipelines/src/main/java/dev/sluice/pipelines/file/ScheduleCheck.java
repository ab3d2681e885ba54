package dev.sluice.pipelines.file;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Mistakes of a schedule that its types cannot show. */
final class ScheduleCheck {
  private final Node.Mapping block;
  private final Findings findings;

  private ScheduleCheck(Node.Mapping block, Findings findings) {
    this.block = block;
    this.findings = findings;
  }

  static void check(Schedule schedule, Node.Mapping block, Findings findings) {
    new ScheduleCheck(block, findings).check(schedule);
  }

  private void check(Schedule schedule) {
    if (schedule.cron() == null && schedule.every() == null && schedule.onNewData() == null) {
      findings.mistake(block, "a schedule needs one of the keys cron, every, on_new_data");
    }
    if (schedule.cron() != null && schedule.every() != null) {
      refuse("every", "stands beside 'cron'; a schedule has one of them", null);
    }
    if (schedule.cron() != null) {
      String problem = CronLine.problem(schedule.cron());
      if (!problem.isEmpty()) {
        refuse("cron", problem, null);
      }
    }
    duration("every", schedule.every(), Duration.ofSeconds(1));
    duration("jitter", schedule.jitter(), Duration.ZERO);
    duration("max_runtime", schedule.maxRuntime(), Duration.ofSeconds(1));
    ZoneId zone = zone(schedule.timeZone());
    Instant start = time("start", schedule.start(), zone);
    Instant end = time("end", schedule.end(), zone);
    if (start != null && end != null && !end.isAfter(start)) {
      refuse("end", "must be after start (%s)".formatted(schedule.start()), null);
    }
  }

  private ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      refuse(
          "time_zone",
          "must be a time zone such as Europe/Zurich or UTC, but is '" + name + "'",
          Names.nearest(name, ZoneId.getAvailableZoneIds().stream().sorted().toList()));
      return ZoneId.of("UTC");
    }
  }

  private @Nullable Instant time(String key, @Nullable String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    try {
      if (text.indexOf('T') < 0 && text.indexOf(' ') < 0) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      String moment = text.replace(' ', 'T');
      return moment.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
          ? OffsetDateTime.parse(moment).toInstant()
          : LocalDateTime.parse(moment).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      refuse(
          key,
          "must be a date or a time such as 2027-03-01 or 2027-03-01T06:00, but is '" + text + "'",
          null);
      return null;
    }
  }

  private void duration(String key, @Nullable String text, Duration least) {
    if (text == null) {
      return;
    }
    Duration value = Durations.parse(text);
    if (value == null) {
      refuse(key, "must be a duration such as 30s, 10m, 6h or 1d, but is '" + text + "'", null);
    } else if (value.compareTo(least) < 0) {
      refuse(key, "must be at least " + least.toSeconds() + "s, but is '" + text + "'", null);
    }
  }

  private void refuse(String key, String message, @Nullable String suggestion) {
    Node node = block.value(key);
    if (node == null) {
      node = block;
    }
    findings.mistake(node.at(), node.path(), node.single(), message, suggestion);
  }
}

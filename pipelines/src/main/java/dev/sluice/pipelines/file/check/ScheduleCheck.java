package dev.sluice.pipelines.file.check;

import dev.sluice.pipelines.cron.CronLine;
import dev.sluice.pipelines.cron.CronTimes;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.file.Timestamps;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.Names;
import dev.sluice.records.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mistakes of a schedule that its types cannot show. */
public final class ScheduleCheck {
  private static final Duration MAX_LENGTH = Duration.ofDays(36_500);

  private final YamlNode.Mapping block;
  private final Findings findings;

  private ScheduleCheck(YamlNode.Mapping block, Findings findings) {
    this.block = block;
    this.findings = findings;
  }

  public static void check(Schedule schedule, YamlNode.Mapping block, Findings findings) {
    new ScheduleCheck(block, findings).check(schedule);
  }

  private void check(Schedule schedule) {
    if (block.value("cron") == null
        && block.value("every") == null
        && block.value("on_new_data") == null) {
      findings.mistake(block, "a schedule needs one of the keys cron, every, on_new_data");
    }
    if (schedule.cron() != null && schedule.every() != null) {
      refuse("every", "cannot be used together with 'cron'", null);
    }
    if (schedule.cron() != null) {
      String problem = CronLine.problem(schedule.cron());
      if (!problem.isEmpty()) {
        refuse("cron", problem, null);
      }
    }
    if (schedule.onNewData() != null && schedule.onNewData().isBlank()) {
      refuse(
          "on_new_data", "must be a file pattern or another pipeline's name, but is empty", null);
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
    if (end != null && !findings.any(block.path())) {
      firesBefore(end, schedule, start == null ? Instant.EPOCH : start, zone);
    }
  }

  /** A schedule without a fault so far. */
  private void firesBefore(Instant end, Schedule schedule, Instant start, ZoneId zone) {
    Optional<Instant> first = Optional.empty();
    if (schedule.cron() != null) {
      first = new CronTimes(CronLine.parse(schedule.cron()), zone).next(start.minusNanos(1));
    } else if (schedule.every() != null) {
      first = Optional.of(start);
    }
    if (first.isPresent() && !end.isAfter(first.get()) && schedule.onNewData() == null) {
      refuse(
          "end",
          "must be after the schedule's first run, which would be at %s; so it never runs"
              .formatted(first.get().atZone(zone).toOffsetDateTime()),
          null);
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
      return Timestamps.parse(text, zone);
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
    } else if (value.compareTo(MAX_LENGTH) > 0) {
      refuse(key, "must be at most 36500d, but is '" + text + "'", null);
    } else if (value.compareTo(least) < 0) {
      refuse(key, "must be at least " + least.toSeconds() + "s, but is '" + text + "'", null);
    }
  }

  private void refuse(String key, String message, @Nullable String suggestion) {
    YamlNode node = block.value(key);
    if (node == null) {
      node = block;
    }
    findings.mistake(node.at(), node.path(), node.single(), message, suggestion);
  }
}

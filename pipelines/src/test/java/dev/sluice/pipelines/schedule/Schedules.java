package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Schedule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schedules of tests. */
final class Schedules {
  private Schedules() {}

  static Schedule cron(String line, String zone) {
    return schedule(line, null, zone, null, null, null);
  }

  static Schedule every(String period) {
    return schedule(null, period, "UTC", null, null, null);
  }

  static Schedule onNewData() {
    return schedule(null, null, "UTC", null, null, null);
  }

  static Schedule jittered(String jitter) {
    return schedule("@hourly", null, "UTC", null, null, jitter);
  }

  static Schedule schedule(
      @Nullable String cron,
      @Nullable String every,
      String zone,
      @Nullable String start,
      @Nullable String end,
      @Nullable String jitter) {
    return new Schedule(
        cron,
        every,
        cron == null && every == null ? "data/*.jsonl" : null,
        zone,
        start,
        end,
        Schedule.CatchUp.LATEST,
        100,
        Schedule.Overlap.QUEUE,
        jitter,
        null,
        0,
        Map.of());
  }
}

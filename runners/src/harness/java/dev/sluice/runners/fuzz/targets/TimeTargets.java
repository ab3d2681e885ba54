package dev.sluice.runners.fuzz.targets;

import dev.sluice.pipelines.cron.CronLine;
import dev.sluice.pipelines.cron.CronTimes;
import dev.sluice.pipelines.file.Timestamps;
import dev.sluice.records.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Cron lines, moments and durations. */
final class TimeTargets {
  private static final ZoneId ZONE = ZoneId.of("Europe/Zurich");

  private static final List<String> CRON =
      List.of(
          "*",
          "*/5",
          "0",
          "2",
          "59",
          "60",
          "31",
          "12",
          "7",
          "1-5",
          "5-1",
          "0-23/2",
          "1,2,3",
          "MON",
          "mon-fri",
          "SUN-TUE",
          "sun",
          "JAN",
          "feb-dec",
          "L",
          "15W",
          "5#2",
          "?",
          "@daily",
          "@hourly",
          "@yearly",
          "@weekly",
          "@midnight",
          "@reboot",
          " ",
          " ",
          " ",
          " ",
          ",",
          "-",
          "/",
          "#",
          "29 2",
          "30 2",
          "\t",
          "*/0",
          "*/-1",
          "1/3",
          "LW",
          "3L",
          "H");

  private static final List<String> MOMENTS =
      List.of(
          "2027-03-01",
          "2027-03-28T02:30",
          "T",
          " ",
          "06:00",
          ":30",
          ".123456789",
          "Z",
          "+01:00",
          "-18:00",
          "+99:99",
          "24:00",
          "2027",
          "-",
          "-02-30",
          "+999999999-12-31",
          "0000-01-01",
          "now",
          "10s",
          "5m",
          "1h",
          "2d",
          "ms",
          "500ms",
          "-",
          "1.5h",
          "PT1H",
          "99999999999d",
          "w");

  private TimeTargets() {}

  static List<Target> all() {
    return List.of(
        Target.named("cron")
            .mutatedTexts(
                List.of(
                    "0 2 * * *",
                    "*/15 8-18 * * 1-5",
                    "@daily",
                    "0 0 29 2 *",
                    "5,10 3 1,15 JAN-MAR SUN",
                    "30 2 * * sun-tue"),
                CRON)
            .marks(CRON)
            .refuses(IllegalArgumentException.class)
            .covers("dev.sluice.pipelines.cron.*")
            .readsText(TimeTargets::cron),
        Target.named("moments")
            .mutatedTexts(
                List.of(
                    "2027-03-01",
                    "2027-03-28T02:30",
                    "2027-03-01 06:00:00.5+01:00",
                    "10m",
                    "500ms"),
                MOMENTS)
            .marks(MOMENTS)
            .covers("dev.sluice.pipelines.file.Timestamps", "dev.sluice.records.config.Durations")
            .readsText(TimeTargets::moment));
  }

  private static boolean cron(String text) {
    String problem = CronLine.problem(text);
    if (!problem.isEmpty()) {
      Sentence.quoted(problem);
      return false;
    }
    CronTimes times = new CronTimes(CronLine.parse(text), ZONE);
    Instant after = Instant.parse("2027-03-27T23:59:00Z");
    for (int i = 0; i < 4; i++) {
      Optional<Instant> next = times.next(after);
      if (next.isEmpty()) {
        break;
      }
      Broken.unless(next.get().isAfter(after), "A fire is later than the one before.");
      Broken.unless(next.get().getEpochSecond() % 60 == 0, "A fire is at a whole minute.");
      after = next.get();
    }
    return true;
  }

  private static boolean moment(String text) {
    Duration duration = Durations.parse(text);
    if (duration != null) {
      Broken.unless(duration.equals(Durations.parse(text)), "The same duration twice.");
    }
    Instant moment;
    try {
      moment = Timestamps.parse(text, ZONE);
    } catch (DateTimeException e) {
      Sentence.quoted(String.valueOf(e.getMessage()));
      return false;
    }
    Broken.unless(moment.equals(Timestamps.parse(text, ZONE)), "The same moment twice.");
    return true;
  }
}

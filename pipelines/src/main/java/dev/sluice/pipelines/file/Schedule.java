package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.check.ScheduleCheck;
import dev.sluice.records.config.Key;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the pipeline runs. Texts of times and durations are checked by {@link ScheduleCheck}. */
public record Schedule(
    @Key("Five fields (minute, hour, day of month, month, day of week), or `@daily` and the like.")
        @Nullable String cron,
    @Key("Runs in this distance, such as `6h` or `1d`; at least `1s`.") @Nullable String every,
    @Key("A file pattern, or another pipeline's name: runs when it has new data.")
        @Nullable String onNewData,
    @Key(value = "Zone of the cron line, such as `Europe/Zurich`.", byDefault = "UTC")
        String timeZone,
    @Key("No run before it: `2027-03-01` or `2027-03-01T06:00`, in the time zone.")
        @Nullable String start,
    @Key("No run from it on.") @Nullable String end,
    @Key(value = "Which missed runs are made up for.", byDefault = "latest") CatchUp catchUp,
    @Key(
            value = "Most missed runs that are made up for with `all`.",
            byDefault = "100",
            min = 1,
            max = 1000)
        int maxCatchUp,
    @Key(value = "What happens while the run before is not over.", byDefault = "queue")
        Overlap overlap,
    @Key("Runs start up to this much later, by a fixed draw for each.") @Nullable String jitter,
    @Key("A run that takes longer is stopped.") @Nullable String maxRuntime,
    @Key(value = "How often a failed run is tried again.", byDefault = "0", min = 0, max = 100)
        int retries,
    @Key(
            value =
                "Values of `${param.NAME}` for each run; `${fire.time}` (an instant in UTC) and `${fire.date}` (the day in the time zone) stand for when it was due.",
            byDefault = "{}")
        Map<String, String> params) {

  /**
   * A text with {@code ${fire.time}} (an instant in UTC) and {@code ${fire.date}} (the day in the
   * zone) of a fire put in.
   */
  static String atFire(String text, Instant due, ZoneId zone) {
    return text.replace("${fire.time}", due.toString())
        .replace("${fire.date}", due.atZone(zone).toLocalDate().toString());
  }

  /** The same with a file pattern that counts from a folder; a pipeline's name stays. */
  public Schedule dataFrom(Path folder) {
    String data = onNewData;
    boolean relative =
        data != null
            && !data.startsWith("/")
            && (data.contains("/") || data.contains("*") || data.contains("."));
    return new Schedule(
        cron,
        every,
        relative ? folder + "/" + data : data,
        timeZone,
        start,
        end,
        catchUp,
        maxCatchUp,
        overlap,
        jitter,
        maxRuntime,
        retries,
        params);
  }

  /** The parameters of a fire's run. */
  public Map<String, String> paramsAt(Instant due) {
    Map<String, String> values = new LinkedHashMap<>(params);
    values.replaceAll((name, value) -> atFire(value, due, ZoneId.of(timeZone)));
    return values;
  }

  /** Which missed runs are made up for. */
  public enum CatchUp {
    NONE,
    LATEST,
    ALL
  }

  /** What happens when a run is due while the one before is not over. */
  public enum Overlap {
    QUEUE,
    SKIP,
    CANCEL_PREVIOUS
  }
}

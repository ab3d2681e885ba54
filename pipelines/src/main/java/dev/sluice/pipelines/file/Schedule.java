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
    @Key(
            "Cron expression: five fields (minute, hour, day of month, month, day of week), or a shorthand such as `@daily`.")
        @Nullable String cron,
    @Key("Interval between runs, such as `6h` or `1d`; at least `1s`.") @Nullable String every,
    @Key(
            "File pattern or name of another pipeline. A run starts when the files change or the pipeline writes new artifacts.")
        @Nullable String onNewData,
    @Key(value = "Time zone of the schedule, such as `Europe/Zurich`.", byDefault = "UTC")
        String timeZone,
    @Key("Time of the earliest run: `2027-03-01` or `2027-03-01T06:00`, in the time zone.")
        @Nullable String start,
    @Key("Time from which on no run starts.") @Nullable String end,
    @Key(
            value = "Missed runs that are started later: none, the latest or all.",
            byDefault = "latest")
        CatchUp catchUp,
    @Key(
            value = "Maximum number of missed runs that `all` starts later.",
            byDefault = "100",
            min = 1,
            max = 1000)
        int maxCatchUp,
    @Key(
            value =
                "What happens when the previous run has not finished: wait for it (`queue`), skip the new run (`skip`) or stop the previous run (`cancel_previous`).",
            byDefault = "queue")
        Overlap overlap,
    @Key("Maximum random delay of a start. The delay of each scheduled time is fixed.")
        @Nullable String jitter,
    @Key("Maximum duration of a run. A longer run is stopped.") @Nullable String maxRuntime,
    @Key(value = "Maximum number of retries of a failed run.", byDefault = "0", min = 0, max = 100)
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

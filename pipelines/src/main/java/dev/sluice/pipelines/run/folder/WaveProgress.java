package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.run.worker.WaveMeter;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.records.manifest.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a wave of units is, over all processes that work on it.
 *
 * @param stage the stage's name
 * @param label the wave's label; empty if the stage has one wave
 * @param units units of the wave
 * @param unitsReused those that were finished before the job
 * @param unitsDone those done, those finished before included
 * @param rowsDone rows done in this job
 * @param rowsOf rows to do in this job, reckoned from the units that have begun; 0 if unknown
 * @param usage what calls to models used so far, the replies to calls that go on included
 * @param elapsed since the wave began
 * @param left what remains at the pace so far; null if unknown
 * @param silent since anything last changed
 * @param kernels what computes models in the processes at work, each once
 * @param warnings what a person should know of the models at work, each once
 */
public record WaveProgress(
    String stage,
    String label,
    int units,
    int unitsReused,
    long unitsDone,
    long rowsDone,
    long rowsOf,
    Usage usage,
    Duration elapsed,
    @Nullable Duration left,
    Duration silent,
    List<String> kernels,
    List<String> warnings) {

  /** Rows a second. */
  public double rowsPerSecond() {
    return rowsDone / seconds();
  }

  /** Tokens a second, of prompts and completions together. */
  public double tokensPerSecond() {
    return (usage.promptTokens() + usage.completionTokens()) / seconds();
  }

  private double seconds() {
    return Math.max(1e-3, elapsed.toNanos() / 1e9);
  }

  /** Share of the wave that is done, from 0 to 1. */
  public double share() {
    if (units == 0) {
      return 1;
    }
    double byUnits = unitsDone / (double) units;
    return rowsOf == 0 ? byUnits : Math.max(byUnits, Math.min(1.0, rowsDone / (double) rowsOf));
  }

  /** Adds up what the processes say. */
  public static WaveProgress read(
      WorkspacePath folder,
      String stage,
      String label,
      int units,
      int reused,
      Duration elapsed,
      Duration silent) {
    long done = 0;
    long seen = 0;
    long rowsDone = 0;
    long rowsOf = 0;
    Usage usage = Usage.NONE;
    Set<String> kernels = new TreeSet<>();
    Set<String> warnings = new TreeSet<>();
    for (WorkspacePath file : RunFiles.list(folder)) {
      JsonNode json = RunFiles.read(file);
      if (json != null) {
        done += json.path("units_done").asLong();
        seen += json.path("units_seen").asLong();
        rowsDone += json.path("rows_done").asLong();
        rowsOf += json.path("rows_of").asLong();
        String own = json.path(WaveMeter.KERNELS).asText();
        if (!own.isEmpty()) {
          kernels.add(own);
        }
        json.path(WaveMeter.WARNINGS).forEach(warning -> warnings.add(warning.asText()));
        usage =
            usage.plus(
                new Usage(
                    json.path("calls").asLong() + json.path("replies_under_way").asLong(),
                    json.path("calls_from_cache").asLong(),
                    json.path("prompt_tokens").asLong(),
                    json.path("completion_tokens").asLong()
                        + json.path("tokens_under_way").asLong(),
                    json.path("cost_usd").asDouble()));
      }
    }
    int todo = units - reused;
    long reckoned = seen == 0 ? 0 : Math.round(rowsOf * (todo / (double) Math.min(seen, todo)));
    double share = reckoned == 0 ? done / (double) Math.max(1, todo) : rowsDone / (double) reckoned;
    Duration left =
        share < 0.01 || share > 1
            ? null
            : Duration.ofMillis(Math.round(elapsed.toMillis() * (1 - share) / share));
    return new WaveProgress(
        stage,
        label,
        units,
        reused,
        Math.min(units, reused + done),
        rowsDone,
        reckoned,
        usage,
        elapsed,
        left,
        silent,
        List.copyOf(kernels),
        List.copyOf(warnings));
  }

  /** Units that some process is at work on. */
  public static long atWork(WorkspacePath folder) {
    long units = 0;
    for (WorkspacePath file : RunFiles.list(folder)) {
      JsonNode json = RunFiles.read(file);
      units += json == null ? 0 : json.path("at_work").size();
    }
    return units;
  }

  /** What the processes of a wave warned of, also after it has ended. */
  public static List<String> warnings(WorkspacePath folder) {
    return read(folder, "", "", 0, 0, Duration.ZERO, Duration.ZERO).warnings();
  }

  /** Whether anything moved between two looks. */
  public boolean moved(WaveProgress before) {
    return unitsDone != before.unitsDone
        || rowsDone != before.rowsDone
        || !usage.equals(before.usage);
  }
}

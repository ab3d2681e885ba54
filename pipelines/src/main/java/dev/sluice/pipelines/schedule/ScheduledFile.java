package dev.sluice.pipelines.schedule;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.file.yaml.Mistake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A pipeline file as its schedule sees it.
 *
 * @param name the pipeline's name, which is the schedule's
 * @param file its absolute path
 * @param schedule when it runs
 * @param alerts whom to tell of what; addresses in them may be secret
 */
public record ScheduledFile(String name, Path file, Schedule schedule, List<Alert> alerts) {

  /** Why a file cannot be scheduled: sentences for people, one a line. */
  public static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
      super(message);
    }
  }

  /**
   * Reads and checks a file, with the parameters that its schedule gives.
   *
   * @param now stands for the time of a fire in them
   * @throws Unfit if it is missing, has mistakes, or has no schedule
   */
  public static ScheduledFile load(
      Path file, Instant now, Map<String, String> environment, Registry registry) throws Unfit {
    Path path = file.toAbsolutePath().normalize();
    return read(
        path, PipelineFile.loadScheduled(path, now, Map.of(), List.of(), environment, registry));
  }

  /** The same of a text that the file has, or had. */
  static ScheduledFile load(
      Path file, String text, Instant now, Map<String, String> environment, Registry registry)
      throws Unfit {
    Path path = file.toAbsolutePath().normalize();
    return read(
        path,
        PipelineFile.loadScheduled(path, text, now, Map.of(), List.of(), environment, registry));
  }

  private static ScheduledFile read(Path path, LoadResult loaded) throws Unfit {
    if (loaded.spec().isEmpty()) {
      throw new Unfit(
          loaded.mistakes().stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    }
    PipelineSpec spec = loaded.spec().get();
    Schedule schedule = spec.schedule();
    if (schedule == null) {
      throw new Unfit(
          "The file %s has no block 'schedule', which says when it runs, such as schedule: {cron: \"0 2 * * *\"}."
              .formatted(path));
    }
    Path folder = Objects.requireNonNull(path.getParent(), "a file has a folder");
    return new ScheduledFile(spec.name(), path, schedule.dataFrom(folder), spec.alerts());
  }

  /** What decides when it fires, as a text that changes with it. */
  public String timesText() {
    return TimesText.of(schedule);
  }

  /** When it fires. */
  public FireTimes times() {
    return FireTimes.of(schedule);
  }
}

package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Finding;
import dev.sluice.pipelines.store.StoreCheck;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.WorkspacePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with the files of a run's folder. What it did is in its artifacts all the same. */
public final class RunCheck {
  private static final String REPORT = "report.json";
  private static final String STATUS = "status.json";
  private static final String INVOCATION = "invocation.json";
  private static final String SPEC = "spec.json";
  private static final String SUBMITTED = "pipeline.yaml";
  private static final String EVENTS = "events.jsonl";
  private static final String UNITS = "units.jsonl";

  private static final String RUN_AGAIN =
      "its artifacts are untouched; 'sluice run FILE' leaves a new report of the same work";

  private final RunFolder run;
  private final List<Finding> found = new ArrayList<>();

  private RunCheck(RunFolder run) {
    this.run = run;
  }

  /** What is wrong with the files of a run. */
  public static List<Finding> of(RunFolder run) {
    RunCheck check = new RunCheck(run);
    check.look();
    return check.found;
  }

  /** Adds what is wrong with all runs of a workspace, and with what they refer to. */
  public static int all(Workspace workspace, StoreCheck store) {
    List<RunFolder> runs = RunFolder.all(workspace);
    for (RunFolder run : runs) {
      of(run).forEach(store::add);
      RunReport report = run.report();
      for (StageReport stage : report == null ? List.<StageReport>of() : report.stages()) {
        String who = "the run %s, stage '%s',".formatted(run.id(), stage.name());
        Optional<Attempt> attempt = stage.attempt();
        attempt.ifPresent(each -> store.refersTo(each, who));
        if (attempt.isEmpty() && stage.artifact() != null) {
          store.add(
              Finding.lost(
                  place(run, REPORT),
                  "names '%s' for the stage '%s', which is no place of an artifact"
                      .formatted(stage.artifact(), stage.name()),
                  RUN_AGAIN));
        }
      }
    }
    strangers(workspace).forEach(store::add);
    return runs.size();
  }

  /** Files where folders of runs belong. */
  private static List<Finding> strangers(Workspace workspace) {
    List<Finding> found = new ArrayList<>();
    if (workspace.isRemote()) {
      return found; // Elsewhere a name is a file or the beginning of names, never instead.
    }
    WorkspacePath runs = workspace.file("runs");
    if (RunFiles.exists(runs)) {
      found.add(Finding.lost("runs", "is a file, not a folder", "remove it; " + RUN_AGAIN));
      return found;
    }
    for (WorkspacePath each : RunFiles.files(runs)) {
      if (RunIds.isId(each.fileName()) && RunFiles.exists(each)) {
        found.add(
            Finding.lost(
                each.path(), "is a file, not the folder of a run", "remove it; " + RUN_AGAIN));
      }
    }
    return found;
  }

  /**
   * Ends what would take an unreadable report for one that names no artifact.
   *
   * @throws DamagedRunException if the report is there and cannot be read, or ought to be there
   */
  static void refuseUnreadable(RunFolder run) {
    for (Finding finding : of(run)) {
      if (finding.path().equals(place(run, REPORT)) && finding.kind() == Finding.Kind.LOST) {
        throw new DamagedRunException(
            "The file %s %s, so what the run needs is not known, and nothing was removed. Remove the folder of the run if its results are no longer needed, and 'sluice gc' again."
                .formatted(run.path().resolve(REPORT), finding.problem()));
      }
    }
  }

  private static String place(RunFolder run, String file) {
    return "runs/" + run.id() + "/" + file;
  }

  private void look() {
    RunFile report = file(REPORT);
    RunFile status = file(STATUS);
    boolean begun = !report.isAbsent() || !status.isAbsent() || !file(EVENTS).isAbsent();
    if (!begun) {
      found.add(
          Finding.note(
              place(run, STATUS),
              "is missing: the run ended before its first stage",
              "nothing rests on it; 'sluice gc' removes its folder once no rule keeps it"));
      return;
    }
    if (report.isAbsent() && file(UNITS).isAbsent() && !hasEnded(file(EVENTS).lines().whole())) {
      found.add(
          Finding.note(
              place(run, REPORT),
              "is missing: the run ended before its first stage",
              "nothing rests on it"));
      return;
    }
    object(REPORT, "what the run did cannot be shown; " + RUN_AGAIN);
    object(STATUS, "the state is taken from the report");
    object(SPEC, "nothing but 'sluice runs' needs it; " + RUN_AGAIN);
    object(
        INVOCATION,
        "the run can be neither resumed nor rerun; give its file to 'sluice run', which finds what is finished");
    submitted();
    lines(EVENTS, "nothing needs it; it tells what happened when");
    lines(UNITS, unitsNeeded());
    events();
    units();
    text("log.txt");
    optional("job.json", "'sluice stop' cannot end the job on its cluster; look at the cluster");
  }

  /** Whether a stage or the run ended. */
  private static boolean hasEnded(List<JsonNode> events) {
    return events.stream().anyMatch(line -> line.path("event").asText().endsWith("_ended"));
  }

  private RunFile file(String name) {
    return RunFile.read(run.path().resolve(name));
  }

  private void add(String name, @Nullable String problem, String next) {
    if (problem != null) {
      found.add(Finding.lost(place(run, name), problem, next));
    }
  }

  private void object(String name, String next) {
    RunFile file = file(name);
    add(name, file.isAbsent() ? "is missing" : file.jsonProblem(), next);
  }

  private void optional(String name, String next) {
    add(name, file(name).jsonProblem(), next);
  }

  private void text(String name) {
    RunFile file = file(name);
    // A log may hold what a library wrote in another encoding.
    if (file.problem() != null && !file.problem().startsWith("is damaged")) {
      add(name, file.problem(), "nothing needs it; it tells a person what happened");
    }
  }

  private void submitted() {
    RunFile file = file(SUBMITTED);
    JsonNode invocation = file(INVOCATION).json();
    String problem = file.isAbsent() ? "is missing" : file.problem();
    if (problem == null && invocation != null && invocation.hasNonNull(RunFolder.SUBMITTED)) {
      String text = Objects.requireNonNull(file.text());
      boolean same = RunFolder.hash(text).equals(invocation.path(RunFolder.SUBMITTED).asText());
      problem = same ? null : text.isEmpty() ? "is empty" : "is not the file as submitted";
    }
    add(
        SUBMITTED,
        problem,
        "the run can be neither resumed nor rerun; give its file to 'sluice run', which finds what is finished");
  }

  private void lines(String name, String next) {
    RunFile.Lines lines = file(name).lines();
    if (lines.problem() == null) {
      return;
    }
    if (lines.cut()) {
      found.add(
          Finding.note(
              place(run, name),
              lines.problem() + ", as a process that was killed leaves it",
              next));
    } else {
      add(name, lines.problem(), next);
    }
  }

  private String unitsNeeded() {
    return "'sluice gc' may remove finished units of this run if it is resumed; resume it first, or run its file";
  }

  /** A run that is over says so in its last line. */
  private void events() {
    RunFile file = file(EVENTS);
    if (file.isAbsent()) {
      add(EVENTS, "is missing", "nothing needs it; it tells what happened when");
      return;
    }
    JsonNode status = file(STATUS).json();
    RunState state = status == null ? RunState.RUNNING : RunState.of(status.path("state").asText());
    List<JsonNode> whole = file.lines().whole();
    boolean ended =
        !whole.isEmpty() && whole.get(whole.size() - 1).path("event").asText().equals("run_ended");
    if (state != RunState.RUNNING && !ended && file.lines().problem() == null) {
      add(EVENTS, "lacks its end", "nothing needs it; it tells what happened when");
    }
  }

  /** What a stage laid out is noted before it is done. */
  private void units() {
    RunFile file = file(UNITS);
    if (file.lines().problem() != null) {
      return;
    }
    Set<String> noted = new HashSet<>();
    file.lines().whole().forEach(line -> noted.add(line.path("stage").asText()));
    RunReport report = run.report();
    for (StageReport stage : report == null ? List.<StageReport>of() : report.stages()) {
      boolean laidOut =
          stage.state() == StageReport.State.RAN || stage.state() == StageReport.State.RESUMED;
      if (laidOut && stage.shards() > 0 && !noted.contains(stage.name())) {
        add(
            UNITS,
            file.isAbsent()
                ? "is missing"
                : "lacks the units of the stage '%s'".formatted(stage.name()),
            unitsNeeded());
        return;
      }
    }
  }
}

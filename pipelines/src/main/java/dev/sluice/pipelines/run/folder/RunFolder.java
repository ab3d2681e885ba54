package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.openai.Cost;
import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.driver.BudgetLedger;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Hosts;
import dev.sluice.pipelines.store.StoredFile;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run below the workspace: the file as submitted, the resolved spec, what
 * happened, how far it is. Nothing in it decides what is reused; artifacts alone do.
 */
public final class RunFolder {
  /** A run whose process said nothing for so long is taken for interrupted. */
  static final Duration STALE = Duration.ofSeconds(30);

  private static final String RUNS = "runs";

  static final String SUBMITTED = "submitted";

  private static final String PROGRESS = "progress";

  /** What runs that this one goes on with have spent. */
  private static final String CARRIED = "carried";

  /** No file has this name, so that no folder is left out for one. */
  private static final String NOTHING = ".none";

  private final WorkspacePath folder;
  private final WorkspaceClock clock;
  private final UnitsLog units;

  private RunFolder(WorkspacePath folder, WorkspaceClock clock) {
    this.folder = folder;
    this.clock = clock;
    this.units = new UnitsLog(folder);
  }

  /** A new run: the file as submitted, the resolved spec and what it was started with. */
  public static RunFolder create(
      Workspace workspace,
      String id,
      String submitted,
      ObjectNode spec,
      Invocation invocation,
      WorkspaceClock clock) {
    WorkspacePath folder = at(workspace, id);
    RunFolder created = new RunFolder(folder, clock);
    created.prepareLog();
    RunFiles.write(folder.resolve("pipeline.yaml"), submitted);
    RunFiles.write(folder.resolve("spec.json"), spec);
    RunFiles.write(
        folder.resolve("invocation.json"), invocation.toJson().put(SUBMITTED, hash(submitted)));
    return created;
  }

  /**
   * The log is written locally first, for a remote workspace too. A machine that resumes another's
   * run appends to what that one published.
   */
  private void prepareLog() {
    try {
      Files.createDirectories(folder.local());
      if (folder.workspace().isRemote()) {
        byte[] published = logFile().read().orElse(new byte[0]);
        if (published.length > 0
            && (!Files.exists(log()) || Files.size(log()) < published.length)) {
          Files.write(log(), published);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The workspace %s cannot be written (%s). Choose another with --workspace DIR or SLUICE_WORKSPACE."
              .formatted(folder.workspace(), e.getMessage()),
          e);
    }
  }

  /** Hash of the file as submitted. */
  static String hash(String submitted) {
    return Hashes.hex(submitted);
  }

  /**
   * The run goes on under its own id: what asked it to end is forgotten, what it has spent is not.
   *
   * @param how what it goes on with
   * @param submitted the file as it was submitted
   */
  public RunFolder reopen(Invocation how, String submitted, WorkspaceClock clock) {
    RunFolder reopened = new RunFolder(folder, clock);
    reopened.prepareLog();
    RunFiles.write(folder.resolve("invocation.json"), how.toJson().put(SUBMITTED, hash(submitted)));
    RunFiles.delete(stopFile());
    WorkerProcess.current().interruptions().forget(stopFile());
    RunFiles.delete(overBudget());
    reopened.event("run_resumed", RunFiles.object());
    return reopened;
  }

  /** This run goes on with another, and with what that one has spent. */
  public void carry(RunFolder other) {
    RunFiles.write(
        folder.resolve(CARRIED).resolve(other.id() + ".json"), BudgetLedger.toJson(other.spent()));
  }

  /** What calls of the run to servers have cost so far, whichever process made them. */
  public Cost spent() {
    Cost sum = BudgetLedger.read(folder.resolve(CARRIED));
    for (WorkspacePath stage : RunFiles.folders(folder.resolve(PROGRESS), NOTHING)) {
      for (WorkspacePath wave : RunFiles.folders(stage, NOTHING)) {
        Cost more = BudgetLedger.read(wave);
        sum = new Cost(sum.tokens() + more.tokens(), sum.picoUsd() + more.picoUsd());
      }
    }
    return sum;
  }

  /** The run of an id, whether or not it is there. */
  public static RunFolder of(Workspace workspace, String id) {
    return open(at(workspace, id));
  }

  private static WorkspacePath at(Workspace workspace, String id) {
    return workspace.file(RUNS).resolve(id);
  }

  private static RunFolder open(WorkspacePath folder) {
    return new RunFolder(folder, WorkspaceClock.plain());
  }

  /** The run of an id, or of a beginning that only one id has; null if there is none. */
  public static @Nullable RunFolder find(Workspace workspace, String id) {
    List<RunFolder> found = all(workspace).stream().filter(run -> run.id().startsWith(id)).toList();
    return found.stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElseGet(() -> found.size() == 1 ? found.get(0) : unlisted(workspace, id));
  }

  /** A run that a list elsewhere does not show yet, by its whole id. */
  private static @Nullable RunFolder unlisted(Workspace workspace, String id) {
    if (!workspace.isRemote() || !RunIds.isId(id)) {
      return null;
    }
    RunFolder run = of(workspace, id);
    return run.invocation() == null ? null : run;
  }

  /** All runs of a workspace, the newest last. */
  public static List<RunFolder> all(Workspace workspace) {
    return RunFiles.folders(workspace.file(RUNS), GarbageCollector.REMOVED).stream()
        .map(RunFolder::open)
        .toList();
  }

  /** By which what it makes is ordered. */
  public WorkspaceClock clock() {
    return clock;
  }

  /** The run's id. */
  public String id() {
    return folder.fileName();
  }

  /** When its folder last changed. */
  Instant modified() {
    try {
      return (workspace().isRemote() ? newest() : folder.modified()).orElse(Instant.EPOCH);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s cannot be read.".formatted(folder), e);
    }
  }

  /** When the last of its files was written: remote folders have no time of their own. */
  private Optional<Instant> newest() throws IOException {
    return workspace().files().tree(folder.path()).stream()
        .map(StoredFile::modified)
        .max(Instant::compareTo);
  }

  /** Whether nothing is in it. */
  boolean isEmpty() {
    try {
      return folder.list().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s cannot be read.".formatted(folder), e);
    }
  }

  /** The folder. */
  public WorkspacePath path() {
    return folder;
  }

  /** The pipeline file as submitted; null if this is no whole run. */
  public @Nullable String submitted() {
    return RunFiles.text(folder.resolve("pipeline.yaml"));
  }

  /** What the run was started with; null if this is no whole run. */
  public @Nullable Invocation invocation() {
    JsonNode json = RunFiles.read(folder.resolve("invocation.json"));
    return json == null ? null : Invocation.fromJson(json);
  }

  /** What it was started with as a text; equal for a run and one that resumes it. */
  String submission() {
    Invocation invocation = invocation();
    return RunFiles.text(folder.resolve("spec.json"))
        + (invocation == null ? "" : invocation.toJson().toString());
  }

  /** Where the run's own log goes, stack traces included. */
  public Path log() {
    return logFile().local();
  }

  private WorkspacePath logFile() {
    return folder.resolve("log.txt");
  }

  /**
   * Notes a warning among the events.
   *
   * @param stage the stage that it is about; empty for one that is about the whole run
   */
  public void warned(String stage, String message) {
    event("warning", RunFiles.object().put("stage", stage).put("message", message));
  }

  /** Adds an event: a name and what belongs to it. */
  public synchronized void event(String name, ObjectNode facts) {
    ObjectNode line =
        RunFiles.object().put("time", clock.machine().instant().toString()).put("event", name);
    line.setAll(facts);
    RunFiles.append(folder.resolve("events.jsonl"), line);
  }

  /** Says that the process lives, and where the run stands. */
  public synchronized void status(RunState state, String file, Instant started) {
    RunFiles.publish(logFile());
    RunFiles.write(
        folder.resolve("status.json"),
        RunFiles.object()
            .put("run_id", id())
            .put("state", state.label())
            .put("file", file)
            .put("started", started.toString())
            .put("heartbeat", clock.machine().instant().toString())
            .put("latest", clock.instant().toString())
            .put("pid", ProcessHandle.current().pid())
            .put("host", Hosts.name()));
  }

  /** Leaves the report; the last one stays. */
  public synchronized void report(RunReport report) {
    RunFiles.write(
        folder.resolve("report.json"),
        report.with(report.stages().stream().map(RunFolder::stored).toList()).toJson());
  }

  /** As it is written down: the artifact's place counts from the workspace, which may be moved. */
  public static StageReport stored(StageReport stage) {
    return stage.at(stage.attempt().map(Attempt::folder).orElse(stage.artifact()));
  }

  /** As it is shown: with the artifact's place in this workspace, wherever it was made. */
  private StageReport here(StageReport stage) {
    return stage.at(
        stage
            .attempt()
            .map(attempt -> workspace().file(attempt.folder()).toString())
            .orElse(stage.artifact()));
  }

  /** The workspace that the run is in. */
  public Workspace workspace() {
    return folder.workspace();
  }

  /**
   * The report as it stands now; null before the first. A run that says it is running although its
   * process is gone or silent is interrupted.
   */
  public @Nullable RunReport report() {
    JsonNode json = RunFiles.read(folder.resolve("report.json"));
    if (json == null) {
      return null;
    }
    RunReport report = RunReport.fromJson(json);
    RunState state = state(report.state());
    return new RunReport(
        report.runId(),
        state,
        report.referenceFree(),
        report.seconds(),
        report.stages().stream()
            .map(this::here)
            .map(stage -> state == RunState.RUNNING ? stage : stage.over())
            .toList(),
        report.metrics());
  }

  /** Where the run stands now. */
  public RunState state() {
    JsonNode report = RunFiles.read(folder.resolve("report.json"));
    return state(
        report == null ? RunState.INTERRUPTED : RunState.of(report.path("state").asText()));
  }

  private RunState state(RunState reported) {
    JsonNode status = RunFiles.read(folder.resolve("status.json"));
    if (status == null) {
      return reported == RunState.RUNNING ? RunState.INTERRUPTED : reported;
    }
    RunState state = RunState.of(status.path("state").asText("interrupted"));
    return state == RunState.RUNNING && !alive(status) ? RunState.INTERRUPTED : state;
  }

  /** The pipeline file's name and the start, as {@code runs} lists them. */
  public JsonNode status() {
    JsonNode status = RunFiles.read(folder.resolve("status.json"));
    return status == null ? RunFiles.object() : status;
  }

  /** When the run first began; empty before that. */
  public Optional<Instant> started() {
    return instant(status().path("started").asText());
  }

  /**
   * When what the run says last changed, in microseconds since 1970; 0 if it never said a thing.
   */
  public long changed() {
    return Math.max(
        RunFiles.changed(folder.resolve("status.json")),
        RunFiles.changed(folder.resolve("report.json")));
  }

  private boolean alive(JsonNode status) {
    boolean here = status.path("host").asText().equals(Hosts.name());
    if (here && ProcessHandle.of(status.path("pid").asLong()).isEmpty()) {
      return false;
    }
    return instant(status.path("heartbeat").asText())
        .filter(heartbeat -> heartbeat.plus(STALE).isAfter(clock.machine().instant()))
        .isPresent();
  }

  /**
   * The latest time by the workspace's clock that the run gave anything; the beginning of time if
   * it does not say.
   */
  Instant latest() {
    Instant latest = began().orElse(Instant.EPOCH);
    JsonNode status = status();
    for (String key : List.of("latest", "started", "heartbeat")) {
      Instant said = instant(status.path(key).asText()).orElse(Instant.EPOCH);
      latest = said.isAfter(latest) ? said : latest;
    }
    return latest;
  }

  /** When it began by the workspace's clock, as its id says; empty if the id does not. */
  Optional<Instant> began() {
    return RunIds.time(id());
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Notes the units that a stage lays out, before it does them: they are kept until it is done. */
  public synchronized void units(String stage, Collection<String> keys) {
    units.add(stage, keys);
  }

  /** Keys of the units that its stages laid out. */
  public Set<String> units() {
    return units.all();
  }

  /** Keys of the units that one of its stages laid out, in that order, each once. */
  public List<String> units(String stage) {
    return units.of(stage);
  }

  /** Where workers say how far a wave of units is. */
  public WorkspacePath progress(String stage, int wave) {
    return folder.resolve(PROGRESS).resolve(stage).resolve(Integer.toString(wave));
  }

  /** How many waves of a stage the run has begun, those before it was interrupted included. */
  public int waves(String stage) {
    int waves = 0;
    for (WorkspacePath wave : RunFiles.folders(folder.resolve(PROGRESS).resolve(stage), NOTHING)) {
      String name = wave.fileName();
      waves = name.matches("\\d{1,9}") ? Math.max(waves, Integer.parseInt(name) + 1) : waves;
    }
    return waves;
  }

  /** How often the progress of the run may be written, in nanoseconds. */
  public long progressPace() {
    return workspace().files().pace(1_000_000_000L);
  }

  /** Leaves how far the run is. */
  public void progress(RunProgress progress) {
    RunFiles.write(folder.resolve("progress.json"), progress.toJson());
  }

  /** How far the run was when its process last said it; null if it never did. */
  public @Nullable RunProgress progress() {
    JsonNode json = RunFiles.read(folder.resolve("progress.json"));
    return json == null ? null : RunProgress.fromJson(json);
  }

  /** Where the first unit of a stage that failed says why. */
  public WorkspacePath failure(String stage) {
    return folder.resolve("failures").resolve(stage + ".json");
  }

  /** The file whose being there says that the run's budget is used up. */
  public WorkspacePath overBudget() {
    return folder.resolve("over_budget");
  }

  /**
   * Keeps the job that was sent to a cluster, so that it can be stopped when this process is gone.
   */
  public void sent(ClusterJob job) {
    RunFiles.write(
        jobFile(),
        RunFiles.object().put("master", job.master()).put("id", job.id()).put("name", job.name()));
  }

  /** The job that is on a cluster, as far as this run knows; null if there is none. */
  public @Nullable ClusterJob job() {
    JsonNode json = RunFiles.read(jobFile());
    return json == null
        ? null
        : new ClusterJob(
            json.path("master").asText(), json.path("id").asText(), json.path("name").asText());
  }

  /** The job has ended. */
  public void jobEnded() {
    RunFiles.delete(jobFile());
  }

  private WorkspacePath jobFile() {
    return folder.resolve("job.json");
  }

  /** Whether the run's process, which is gone, was one of this machine. */
  public boolean wasHere() {
    return status().path("host").asText().equals(Hosts.name());
  }

  /** The name that the run's pipeline gives itself. */
  public String pipeline() {
    JsonNode spec = RunFiles.read(folder.resolve("spec.json"));
    return spec == null ? "" : spec.path("name").asText();
  }

  /** Asks the run to finish what is in flight and end, wherever its workers are. */
  public void stop(String why) {
    WorkerProcess.current().interruptions().of(stopFile()).ask(why);
  }

  /** Why the run was asked to stop; null if it was not. */
  public @Nullable String stopReason() {
    String text = RunFiles.text(stopFile());
    return text == null ? null : text.strip();
  }

  /** The file whose being there asks workers to finish what is in flight and take no more. */
  public WorkspacePath stopFile() {
    return folder.resolve("stop");
  }
}

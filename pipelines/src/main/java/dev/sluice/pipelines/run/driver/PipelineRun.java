package dev.sluice.pipelines.run.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.pipelines.plan.CommittedStage;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.run.folder.RunFiles;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.folder.UnitFailure;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.DamagedFileException;
import dev.sluice.records.Metric;
import dev.sluice.records.Secrets;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the stages of a plan one after another and keeps the run folder up to date. */
public final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);
  private static final long HEARTBEAT_SECONDS = 3;

  private final Plan plan;
  private final String file;
  private final RunContext context;
  private final Instant started;
  private final long start = System.nanoTime();
  // The heartbeat reads what the run writes.
  private final List<StageReport> stages = new CopyOnWriteArrayList<>();
  private final List<RunReport.StageMetric> metrics = new CopyOnWriteArrayList<>();
  private volatile long stageBegan = start;
  private volatile RunState state = RunState.RUNNING;
  private boolean mistake;

  /** What the run has used of each stage's calls before it was interrupted. */
  private final Map<String, Usage> usedBefore = new HashMap<>();

  private final double secondsBefore;

  private PipelineRun(Plan plan, String file, RunContext context) {
    this.plan = plan;
    this.file = file;
    this.context = context;
    this.started = context.folder().started().orElseGet(Instant::now);
    RunReport before = context.folder().report();
    this.secondsBefore = before == null ? 0 : before.seconds();
    if (before != null) {
      before.stages().forEach(stage -> usedBefore.put(stage.name(), stage.usage()));
    }
    context.budget().carry(context.folder().spent());
    for (PlannedStage stage : plan.stages()) {
      stages.add(StageReport.pending(stage.name(), stage.type()));
    }
  }

  /**
   * How a run ended.
   *
   * @param report what it did
   * @param mistake whether it failed of something that the user's file is to blame for
   */
  public record Ended(RunReport report, boolean mistake) {}

  /**
   * Runs a plan to its end. Stage failures are recorded in the report and never thrown. In the
   * folder of a run that was interrupted, it goes on with what that run has spent and used.
   *
   * @param file the pipeline file, as it was named
   * @param engine where jobs run; asked for when the first job is due
   * @param parallelism most units at work at once; 0 leaves it to the engine
   */
  public static Ended run(
      Plan plan,
      String file,
      RunFolder folder,
      ArtifactStore store,
      Supplier<JobRunner> engine,
      ModelHost models,
      RunListener listener,
      int parallelism) {
    return run(
        plan,
        file,
        folder,
        store,
        engine,
        models,
        listener,
        parallelism,
        BudgetLedger.of(null, true));
  }

  /**
   * The same with bounds for what calls to servers use.
   *
   * @param budget the bounds, not yet used by any run
   */
  public static Ended run(
      Plan plan,
      String file,
      RunFolder folder,
      ArtifactStore store,
      Supplier<JobRunner> engine,
      ModelHost models,
      RunListener listener,
      int parallelism,
      BudgetLedger budget) {
    StageProgress stageProgress = new StageProgress();
    RunContext context =
        new RunContext(
            folder,
            store,
            engine,
            models,
            new ProgressTracker(plan, folder, stageProgress, listener, System::nanoTime),
            parallelism,
            new HashSet<>(),
            stageProgress,
            budget,
            ConcurrentHashMap.newKeySet());
    return new PipelineRun(plan, file, context).run();
  }

  private Ended run() {
    RunFolder folder = context.folder();
    folder.status(state, file, started);
    folder.event("run_started", RunFiles.object().put("file", file));
    save(report());
    ScheduledExecutorService heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        heart.scheduleWithFixedDelay(
            this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    try {
      state = runStages();
    } finally {
      stopHeartbeat(heart);
    }
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).state() == StageReport.State.PENDING) {
        stages.set(i, all(stages.get(i).in(StageReport.State.NOT_RUN)));
      }
    }
    RunReport report = report();
    folder.report(report);
    folder.status(state, file, started);
    context.listener().saved(folder);
    folder.event("run_ended", RunFiles.object().put("state", state.label()));
    return new Ended(report, mistake);
  }

  /** Waits for a beat that is being written, so that it does not overwrite the end. */
  private static void stopHeartbeat(ScheduledExecutorService heart) {
    heart.shutdown();
    try {
      if (!heart.awaitTermination(5, TimeUnit.SECONDS)) {
        heart.shutdownNow();
      }
    } catch (InterruptedException e) {
      heart.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      if (state == RunState.RUNNING) {
        context.folder().status(RunState.RUNNING, file, started);
        save(live());
      }
    } catch (RuntimeException e) {
      // The next beat may be written; if none is, the run counts as interrupted, which is right.
      LOG.warn("The heartbeat could not be written.", e);
    }
  }

  private RunState runStages() {
    Map<String, CommittedStage> earlier = new LinkedHashMap<>();
    Repairs repairs = new Repairs(context);
    for (int i = 0; i < stages.size(); i++) {
      long begun = System.nanoTime();
      StageReport before = stages.get(i);
      try {
        try {
          stage(i, earlier, begun);
        } catch (DamagedFileException e) {
          repairs.mend(e, before.name(), earlier.values());
          stages.set(i, before);
          // What is whole is found again at once; the stage that lost a file runs.
          earlier.clear();
          metrics.clear();
          i = -1;
        }
      } catch (InterruptedRunException e) {
        end(i, stageProgress(i, begun).in(StageReport.State.NOT_RUN));
        return RunState.INTERRUPTED;
      } catch (OverBudgetRunException e) {
        end(i, stageProgress(i, begun).stopped(message(e)));
        return RunState.OVER_BUDGET;
      } catch (RuntimeException e) {
        LOG.error("The stage {} failed.", stages.get(i).name(), e);
        mistake =
            e instanceof ModelException
                || (e instanceof StageException failure && failure.mistake());
        end(i, stageProgress(i, begun).failed(message(e)));
        return RunState.FAILED;
      }
    }
    return RunState.SUCCEEDED;
  }

  private StageReport stageProgress(int i, long begun) {
    StageReport stage = stages.get(i);
    return stage.state() == StageReport.State.RUNNING
        ? all(context.stageProgress().of(stage).after(seconds(begun)))
        : stage;
  }

  /** The same with what the run used of it before it was interrupted. */
  private StageReport all(StageReport now) {
    Usage before = usedBefore.getOrDefault(now.name(), Usage.NONE);
    return now.with(now.counts(), now.shards(), now.shardsReused(), now.usage().plus(before));
  }

  private void stage(int i, Map<String, CommittedStage> earlier, long begun) {
    StageReport before = stages.get(i);
    context.stopIfAsked();
    ReadyStage usual = plan.stages().get(i).ready(earlier);
    ReadyStage stage = plan.rerun().rekey(usual);
    Optional<Artifact> newest = context.store().find(stage.type(), stage.fingerprint());
    setAsideUnreadable(stage, newest);
    Predicate<Artifact> takes = found -> !plan.rerun().replaces(stage.name(), found.manifest());
    Optional<Artifact> there = newest.filter(takes);
    boolean known = there.isPresent() && before.isOf(there.get().folder());
    if (!known) {
      stages.set(i, before.in(StageReport.State.RUNNING).known(stage.fingerprint()));
      context.stageProgress().stage(null);
      stageBegan = begun;
      context.listener().began(stages.get(i), i + 1, stages.size());
      UnitFailure.clear(context.folder(), stage.name());
    }
    CommittedStage committed =
        there.isPresent()
            ? new CommittedStage(stage.name(), there.get())
            : new StageRunner(context)
                .run(
                    stage,
                    takes,
                    plan.rerun()
                        .asks(usual)
                        .map(
                            rule ->
                                new PreviousUnits(context.store(), rule, usual.unitPart(), newest))
                        .orElseGet(PreviousUnits::none));
    earlier.put(stage.name(), committed);
    if (!known) {
      deliver(stage, committed);
    }
    for (Metric metric : committed.manifest().metrics()) {
      metrics.add(new RunReport.StageMetric(stage.name(), metric));
    }
    if (!known) {
      end(i, all(report(committed, there.isPresent(), seconds(begun))));
    }
  }

  /** Has the stage deliver what it leaves outside of the workspace. */
  private void deliver(ReadyStage stage, CommittedStage committed) {
    Optional<ModelFolder> folder = committed.artifact().model();
    if (folder.isEmpty()) {
      return;
    }
    try {
      stage.stage().deliver(folder.get(), () -> context.store().folder(folder.get()));
    } catch (DamagedFileException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StageException(
          "Stage '%s' is finished and kept in the workspace, but could not be delivered: %s"
              .formatted(stage.name(), message(e)));
    }
  }

  /** Manifests that cannot be read are found by nobody, which is said once and for all. */
  private void setAsideUnreadable(ReadyStage stage, Optional<Artifact> newest) {
    context
        .store()
        .unreadable(stage.type(), stage.fingerprint(), newest)
        .forEach(damage -> context.setAside(stage.name(), damage));
  }

  private void end(int i, StageReport report) {
    stages.set(i, report);
    save(report());
    ObjectNode facts = RunFiles.object();
    facts.setAll(RunFolder.stored(report).toJson());
    context.folder().event("stage_ended", facts);
    // A stage that was stopped before its turn has not even begun.
    if (report.state() != StageReport.State.NOT_RUN || report.fingerprint() != null) {
      context.listener().ended(report);
    }
  }

  private void save(RunReport report) {
    context.folder().report(report);
    context.listener().saved(context.folder());
  }

  private static StageReport report(CommittedStage stage, boolean reused, double seconds) {
    Manifest manifest = stage.manifest();
    List<Manifest.UnitEntry> units = manifest.units();
    int before =
        reused ? units.size() : (int) units.stream().filter(Manifest.UnitEntry::reused).count();
    StageReport.State state =
        reused
            ? StageReport.State.REUSED
            : before > 0 ? StageReport.State.RESUMED : StageReport.State.RAN;
    Counts counts = manifest.counts();
    return new StageReport(
        stage.name(),
        manifest.stageType(),
        manifest.fingerprint(),
        state,
        stage.artifact().folder().toString(),
        counts,
        units.size(),
        before,
        stage.spent(),
        seconds,
        null);
  }

  private RunReport report() {
    return report(List.copyOf(stages));
  }

  /** The report with what the stage at work has done so far. */
  private RunReport live() {
    List<StageReport> all = new ArrayList<>(stages);
    for (int i = 0; i < all.size(); i++) {
      all.set(i, stageProgress(i, stageBegan));
    }
    return report(all);
  }

  private RunReport report(List<StageReport> all) {
    return new RunReport(
        context.folder().id(),
        state,
        plan.referenceFree(),
        secondsBefore + seconds(start),
        all,
        metrics);
  }

  private static String message(RuntimeException error) {
    String message = error.getMessage();
    return Secrets.hidden(message == null || message.isBlank() ? "It threw " + error : message);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}

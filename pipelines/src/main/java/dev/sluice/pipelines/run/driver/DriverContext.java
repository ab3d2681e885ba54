package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.folder.RunFiles;
import dev.sluice.pipelines.run.folder.UnitFailure;
import dev.sluice.pipelines.run.folder.WaveProgress;
import dev.sluice.pipelines.run.worker.MaskedValues;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.run.worker.RunUnits;
import dev.sluice.pipelines.run.worker.StageWorker;
import dev.sluice.pipelines.run.worker.WorkerTask;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Damage;
import dev.sluice.pipelines.store.DamagedFileException;
import dev.sluice.records.Metric;
import dev.sluice.records.Secrets;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stage on the driver: knows which units are durable, has a job do the others, and keeps what
 * will make up the artifact.
 */
final class DriverContext implements StageDriver {
  /**
   * Jobs that may end without a unit done, since somebody had it and gave it up, before it is odd.
   */
  private static final int FUTILE = 3;

  private final ReadyStage stage;
  private final Attempt attempt;
  private final PreviousUnits before;
  private final Map<String, String> retried = new LinkedHashMap<>();
  private final RunContext run;
  private final FinishedUnits finished;
  private final ConcurrentRuns others;
  private final List<UnitResult> artifact = new ArrayList<>();
  private final Map<String, UnitResult> all = new LinkedHashMap<>();
  private final Map<String, Metric> metrics = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable ModelFolder model;
  private final List<ModelFolder> releasedLater = new ArrayList<>();
  private boolean again;
  private boolean checked;
  private int waves;

  DriverContext(ReadyStage stage, Attempt attempt, PreviousUnits before, RunContext run) {
    this.stage = stage;
    this.attempt = attempt;
    this.before = before;
    this.run = run;
    this.finished = new FinishedUnits(stage, run);
    this.others = new ConcurrentRuns(stage.name(), run);
    // What earlier waves of the run have spent stays in their files.
    this.waves = run.folder().waves(stage.name());
    run.stageProgress().stage(finished);
  }

  @Override
  public List<ShardFile> input(String port) {
    return stage.inputs().getOrDefault(port, List.of());
  }

  @Override
  public List<UnitResult> run(String label, List<Unit> units) {
    List<UnitResult> results = runAside(label, units);
    artifact.addAll(results);
    return results;
  }

  @Override
  public List<UnitResult> runAside(String label, List<Unit> units) {
    Map<String, Unit> keyed = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    for (Unit unit : units) {
      String key = key(unit);
      keys.add(key);
      keyed.putIfAbsent(key, unit);
    }
    run.folder().units(stage.name(), keyed.keySet());
    finish(label, keyed);
    List<UnitResult> results = new ArrayList<>();
    for (String key : keys) {
      UnitResult result = Objects.requireNonNull(finished.find(key));
      all.put(key, result);
      results.add(result);
    }
    return results;
  }

  /** The key of a unit; of one that is taken over as it is, that under which it was finished. */
  private String key(Unit unit) {
    String key = unit.key(stage.unitPart());
    Optional<UnitResult> made = before.before(unit);
    if (made.isEmpty()) {
      return key;
    }
    if (!before.again(made.get(), stage.stage()) && finished.find(made.get().key()) != null) {
      return made.get().key();
    }
    retried.put(key, made.get().key());
    return key;
  }

  /** Sees to it that all units are finished, here or by somebody else who is at them. */
  private void finish(String label, Map<String, Unit> units) {
    Map<String, Unit> left = unfinished(units);
    int futile = 0;
    while (!left.isEmpty()) {
      left.values().forEach(unit -> unit.models().values().forEach(finished::require));
      Map<String, Unit> free = new LinkedHashMap<>(left);
      free.keySet().removeIf(key -> run.store().leases().holder(key).isPresent());
      if (free.isEmpty()) {
        others.await(left.keySet());
      } else {
        work(label, units.size(), units.size() - left.size(), free);
      }
      Map<String, Unit> still = unfinished(left);
      futile = free.isEmpty() || still.size() < left.size() ? 0 : futile + 1;
      if (futile == FUTILE) {
        throw new StageException(
            "Stage '%s': the job ended, but %d of its units are not done, the first of them '%s'. Run the file again to do them."
                .formatted(stage.name(), still.size(), still.values().iterator().next().name()));
      }
      left = still;
    }
  }

  private Map<String, Unit> unfinished(Map<String, Unit> units) {
    Map<String, Unit> left = new LinkedHashMap<>(units);
    left.keySet().removeIf(key -> finished.find(key) != null);
    return left;
  }

  @SuppressWarnings("try") // The watch works by being open.
  private void work(String label, int units, int reused, Map<String, Unit> left) {
    int wave = waves++;
    WorkerTask work =
        new WorkerTask(
            stage,
            run.folder().id(),
            run.store(),
            attempt,
            before.rule(),
            retried,
            run.models(),
            run.budget().calls(run.jobs().processes(), stage.repliesSince()),
            wave,
            run.jobs().restarts() > 0,
            MaskedValues.of(stage, run.models(), before.rule()));
    run.stopIfAsked();
    checkModels();
    JobException gaveUp = null;
    boolean trains = left.values().stream().anyMatch(Unit::training);
    try (WaveMonitor watch = run.watch(stage.name(), label, wave, units, reused, trains);
        StopGuard guard =
            new StopGuard(
                WorkerProcess.current().interruptions().of(run.folder().stopFile()),
                run.folder().progress(stage.name(), wave),
                run.jobs()::cancel)) {
      run.jobs()
          .run(
              "%s %s %d".formatted(run.folder().id(), stage.name(), wave),
              run.parallelism(),
              pipeline ->
                  pipeline.apply(
                      stage.name(), RunUnits.of(List.copyOf(left.values()), new StageWorker(work))),
              run.folder()::sent);
      run.folder().jobEnded();
    } catch (JobException e) {
      gaveUp = e;
    }
    run.stageProgress().wave(null, trains);
    run.budget().add(run.folder().progress(stage.name(), wave));
    WaveProgress.warnings(run.folder().progress(stage.name(), wave)).forEach(this::warn);
    if (unfinished(left).isEmpty()) {
      return;
    }
    Optional<UnitFailure> failure = UnitFailure.read(run.folder(), stage.name());
    if (failure.isPresent()) {
      Damage damage = failure.get().damage();
      if (damage != null) {
        throw new DamagedFileException(run.store().workspace(), damage);
      }
      throw new StageException(failure.get().sentence(stage.name()), failure.get().mistake());
    }
    run.stopIfAsked();
    if (RunFiles.exists(run.folder().overBudget())) {
      throw new OverBudgetRunException(
          "Stage '%s' stopped at the budget: %s. Replies received so far are kept, and the run continues with a higher budget."
              .formatted(stage.name(), run.budget().sentence()));
    }
    if (gaveUp != null) {
      Unit first = unfinished(left).values().iterator().next();
      throw new JobException(
          "Stage '%s', before its unit '%s' was done: %s Finished shards are kept; run the file again to continue."
              .formatted(stage.name(), first.name(), gaveUp.getMessage()),
          gaveUp);
    }
  }

  /** Before the first request of the stage: a mistake is told before anything is paid for. */
  private void checkModels() {
    if (!checked) {
      checked = true;
      run.unlessStopped(() -> stage.models().forEach(run.models()::check));
    }
  }

  @Override
  public void model(ModelFolder folder) {
    finished.require(folder);
    model = folder;
  }

  @Override
  public void release(ModelFolder folder) {
    if (again) {
      // Something was missing already; whatever is made again stays until nothing is.
      releasedLater.add(folder);
    } else {
      finished.release(folder);
    }
  }

  /** The stage has laid out all its work. */
  void onAllUnitsPlanned() {
    releasedLater.forEach(finished::release);
    releasedLater.clear();
  }

  /** Takes a unit for not finished, so that the stage may lay its work out again. */
  void invalidate(String key) {
    finished.forget(key);
    again = true;
    releasedLater.clear();
    artifact.clear();
    all.clear();
    metrics.clear();
  }

  @Override
  public void metric(Metric metric) {
    if (metrics.putIfAbsent(metric.name(), metric) != null) {
      throw new IllegalStateException(
          "Stage '%s' reports the metric '%s' twice; each stands once, with its final value."
              .formatted(stage.name(), metric.name()));
    }
  }

  @Override
  public void warn(String said) {
    String message = Secrets.hidden(said);
    if (!warnings.contains(message)) {
      warnings.add(message);
      run.warn(stage.name(), message);
    }
  }

  /** The units that were finished so far. */
  FinishedUnits finished() {
    return finished;
  }

  /** Keys of the units of which something was asked again. */
  Set<String> askedAgain() {
    return Set.copyOf(retried.keySet());
  }

  /** The units whose tables make up the artifact, in order. */
  List<UnitResult> artifact() {
    return artifact;
  }

  /** Every unit of the stage once. */
  List<UnitResult> units() {
    return List.copyOf(all.values());
  }

  List<Metric> metrics() {
    return List.copyOf(metrics.values());
  }

  List<String> warnings() {
    return warnings;
  }

  @Nullable ModelFolder model() {
    return model;
  }
}

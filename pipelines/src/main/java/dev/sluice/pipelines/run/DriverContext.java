package dev.sluice.pipelines.run;

import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.records.Metric;
import dev.sluice.records.ModelFolder;
import dev.sluice.records.ShardFile;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stage on the driver: knows which units are durable, has a job do the others, and keeps what
 * will make up the artifact.
 */
final class DriverContext implements StageDriver {
  private static final Logger LOG = LoggerFactory.getLogger(DriverContext.class);

  private final StageTask task;
  private final Attempt attempt;
  private final RunContext run;
  private final Map<String, UnitResult> finished = new HashMap<>();
  private final Map<String, String> makers = new HashMap<>();
  private final List<UnitResult> artifact = new ArrayList<>();
  private final Map<String, UnitResult> all = new LinkedHashMap<>();
  private final Map<String, Metric> metrics = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable ModelFolder model;
  private final List<ModelFolder> releasedLater = new ArrayList<>();
  private boolean again;
  private int waves;

  DriverContext(StageTask task, Attempt attempt, RunContext run) {
    this.task = task;
    this.attempt = attempt;
    this.run = run;
  }

  @Override
  public List<ShardFile> input(String port) {
    return task.inputs().getOrDefault(port, List.of());
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
      String key = UnitKeys.key(task.unitPart(), unit);
      keys.add(key);
      keyed.putIfAbsent(key, unit);
    }
    Map<String, Unit> left = new LinkedHashMap<>();
    keyed.forEach(
        (key, unit) -> {
          if (find(key, true) == null) {
            left.put(key, unit);
          }
        });
    if (!left.isEmpty()) {
      left.values().forEach(unit -> unit.models().values().forEach(this::require));
      work(label, units.size(), units.size() - left.size(), left);
    }
    List<UnitResult> results = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      UnitResult result = finished.get(keys.get(i));
      if (result == null) {
        throw new IllegalStateException("A unit that was done has no result: " + units.get(i));
      }
      all.put(result.key(), result);
      results.add(result);
      if (result.model() != null) {
        makers.put(result.model().path(), result.key());
      }
    }
    return results;
  }

  /** A model that is to be read must be there, or the unit that made it is done again. */
  private void require(ModelFolder wanted) {
    if (wanted.gone()) {
      throw new ModelGoneException(makers.getOrDefault(wanted.path(), ""), wanted.path());
    }
  }

  @SuppressWarnings("try") // The watch works by being open.
  private void work(String label, int units, int reused, Map<String, Unit> left) {
    int wave = waves++;
    WorkerTask work = run.workerTask(task, attempt, wave);
    run.stopIfAsked();
    JobException gaveUp = null;
    try (WaveWatch watch = run.watch(task.name(), label, wave, units, reused)) {
      run.jobs()
          .run(
              "%s %s %d".formatted(run.folder().id(), task.name(), wave),
              run.parallelism(),
              pipeline ->
                  pipeline.apply(
                      task.name(), DoUnits.of(List.copyOf(left.values()), new StageWorker(work))));
    } catch (JobException e) {
      gaveUp = e;
    }
    List<Unit> undone = new ArrayList<>();
    left.forEach(
        (key, unit) -> {
          if (find(key, false) == null) {
            undone.add(unit);
          }
        });
    if (undone.isEmpty()) {
      return;
    }
    Optional<UnitFailure> failure = UnitFailure.read(run.folder(), task.name());
    if (failure.isPresent()) {
      throw new StageException(failure.get().sentence(task.name()), failure.get().mistake());
    }
    run.stopIfAsked();
    if (gaveUp != null) {
      throw gaveUp;
    }
    throw new StageException(
        "Stage '%s': the job ended, but %d of its units are not done, the first of them '%s'. Run the file again to do them."
            .formatted(task.name(), undone.size(), undone.get(0).name()));
  }

  private @Nullable UnitResult find(String key, boolean before) {
    UnitResult known = finished.get(key);
    if (known != null) {
      return known;
    }
    UnitResult found = run.store().units().find(key).map(unit -> here(unit, before)).orElse(null);
    if (found != null) {
      finished.put(key, found);
    }
    return found;
  }

  /** The store calls every unit reused that it finds; those that this run did are not. */
  private static UnitResult here(UnitResult unit, boolean before) {
    return before ? unit : unit.here();
  }

  @Override
  public void model(ModelFolder folder) {
    require(folder);
    model = folder;
  }

  @Override
  public void release(ModelFolder folder) {
    if (again) {
      // Something was missing already; whatever is made again stays until nothing is.
      releasedLater.add(folder);
    } else {
      let(folder);
    }
  }

  /** The stage has laid out all its work. */
  void settled() {
    releasedLater.forEach(this::let);
    releasedLater.clear();
  }

  private void let(ModelFolder folder) {
    String key = makers.get(folder.path());
    UnitResult maker = key == null ? null : finished.get(key);
    if (maker != null && maker.model() != null) {
      finished.put(maker.key(), maker.withModel(maker.model().withoutFiles()));
    }
    try {
      run.store().release(task.type(), folder);
    } catch (StoreException e) {
      // It takes room and harms nobody; the next run tries again.
      LOG.warn("The model {} was not removed.", folder.path(), e);
    }
  }

  /** Takes a unit for not finished, so that the stage may lay its work out again. */
  void again(String key) {
    UnitResult lost = finished.remove(key);
    run.store().units().forget(key);
    if (lost != null && lost.model() != null) {
      let(lost.model());
    }
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
              .formatted(task.name(), metric.name()));
    }
  }

  @Override
  public void warn(String message) {
    if (!warnings.contains(message)) {
      warnings.add(message);
      run.warn(task.name(), message);
    }
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

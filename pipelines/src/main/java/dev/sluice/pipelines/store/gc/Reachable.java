package dev.sluice.pipelines.store.gc;

import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.UnitRecord;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is reached from runs: their artifacts, what those read (tables by attempt, models by
 * digest), the units that made them, and every file that one of these lists. A pure function of
 * what manifests and records say.
 */
final class Reachable {
  private final Map<String, Manifest> manifests;
  private final Map<String, UnitRecord> units;
  private final Map<String, List<String>> makers = new HashMap<>();
  private final Set<String> attempts = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  private Reachable(Map<String, Manifest> manifests, Map<String, UnitRecord> units) {
    this.manifests = manifests;
    this.units = units;
    manifests.forEach(
        (folder, manifest) -> {
          ModelFolder model = manifest.model();
          if (model != null) {
            makers.computeIfAbsent(model.digest(), digest -> new ArrayList<>()).add(folder);
          }
        });
  }

  /**
   * What some runs reach.
   *
   * @param runs the runs that are kept
   * @param atWork keys of units that somebody is at work on
   * @param manifests those that are whole, by the folder of their attempt
   * @param units records that are whole, by key
   */
  static Reachable from(
      Collection<RunRoots> runs,
      Set<String> atWork,
      Map<String, Manifest> manifests,
      Map<String, UnitRecord> units) {
    Reachable reachable = new Reachable(manifests, units);
    runs.forEach(reachable::run);
    atWork.forEach(reachable::unit);
    return reachable;
  }

  /** All that is committed or finished, whoever made it. */
  static Reachable everything(Map<String, Manifest> manifests, Map<String, UnitRecord> units) {
    Reachable reachable = new Reachable(manifests, units);
    manifests.keySet().forEach(reachable::attempt);
    units.keySet().forEach(reachable::unit);
    return reachable;
  }

  private void run(RunRoots run) {
    Set<RunRoots.Open> open = new HashSet<>(run.open());
    for (Attempt artifact : run.artifacts()) {
      if (manifests.containsKey(artifact.folder())) {
        attempt(artifact.folder());
      } else {
        // Its manifest is damaged or gone: what the stage can be made of again stays.
        folders.add(artifact.folder() + "/");
        open.add(new RunRoots.Open(artifact.stageType(), artifact.fingerprint()));
      }
    }
    if (!open.isEmpty() || !run.whole()) {
      run.units().forEach(this::unit);
      for (UnitRecord unit : units.values()) {
        if (open.contains(new RunRoots.Open(unit.stageType(), unit.fingerprint()))) {
          unit(unit.key());
        }
      }
    }
  }

  private void attempt(String first) {
    Deque<String> left = new ArrayDeque<>(List.of(first));
    while (!left.isEmpty()) {
      String folder = left.pop();
      Manifest manifest = manifests.get(folder);
      if (manifest == null || !attempts.add(folder)) {
        continue;
      }
      list(manifest.shards(), manifest.model());
      manifest.units().forEach(unit -> unit(unit.key()));
      manifest
          .inputs()
          .values()
          .forEach(
              input ->
                  left.push(
                      Attempt.folder(input.stageType(), input.fingerprint())
                          + "/"
                          + input.attempt()));
      manifest
          .models()
          .values()
          .forEach(digest -> makers.getOrDefault(digest, List.of()).forEach(left::push));
    }
  }

  private void unit(String key) {
    UnitRecord unit = units.get(key);
    if (keys.add(key) && unit != null) {
      list(unit.tables(), unit.model());
    }
  }

  private void list(List<ShardFile> tables, @Nullable ModelFolder model) {
    tables.forEach(table -> files.add(table.path()));
    if (model != null) {
      folders.add(model.path() + "/");
    }
  }

  /** Whether an artifact is needed, by the folder of its attempt. */
  boolean needsArtifact(String folder) {
    return attempts.contains(folder);
  }

  /** Whether a unit is needed, finished or not. */
  boolean needsUnit(String key) {
    return keys.contains(key);
  }

  /** Whether something that is kept lists a file, or the folder above it. */
  boolean lists(String path) {
    if (files.contains(path)) {
      return true;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (folders.contains(path.substring(0, slash + 1))) {
        return true;
      }
    }
    return false;
  }
}

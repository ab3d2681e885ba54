package dev.sluice.pipelines.store.gc;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.StoredFile;
import dev.sluice.pipelines.store.UnitRecord;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that nothing needs.
 *
 * @param kind what it is part of
 * @param thing which one: an attempt's folder, a key, a run's id, or the file itself
 * @param file the file
 */
record Garbage(Kind kind, String thing, StoredFile file) {

  /** What is removed. */
  enum Kind {
    /** Folders of runs that are not kept. */
    RUNS,
    /** Artifacts: their manifests, and the files that only they list. */
    ARTIFACTS,
    /** Records of finished units, and the files that only they list. */
    UNITS,
    /** Files in the folders of attempts that neither a manifest nor a unit lists. */
    UNFINISHED,
    /** Damaged files that were set aside. */
    DAMAGED,
    /** Checkpoints of training that nobody goes on with. */
    CHECKPOINTS,
    /** Leases whose process is gone. */
    LEASES,
    /** Segments of kept replies of servers. */
    REPLIES;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What lies in a workspace.
   *
   * @param files all files below artifacts, units, checkpoints and leases
   * @param manifests those that are whole, by the folder of their attempt
   * @param units records that are whole, by key
   * @param leases keys of leases whose process lives
   */
  record Inventory(
      List<StoredFile> files,
      Map<String, Manifest> manifests,
      Map<String, UnitRecord> units,
      Set<String> leases) {}

  /**
   * What nothing needs, in an order in which it can be removed and stopped at any point: what lists
   * files before the files, and what was made of something before that.
   *
   * @param since what was written since then may belong to a run that goes on, and stays
   * @param runsGoOn whether a run goes on, which may go on from any checkpoint
   */
  static List<Garbage> of(
      Inventory inventory, Reachable reachable, Instant since, boolean runsGoOn) {
    Map<String, Garbage> listed = listed(inventory);
    List<Garbage> garbage = new ArrayList<>();
    for (StoredFile file : inventory.files()) {
      if (!file.modified().isBefore(since)) {
        continue;
      }
      switch (file.segment(0)) {
        case "artifacts" -> ofArtifacts(file, reachable, listed, garbage);
        case "units" -> {
          String key = stem(file);
          if (!inventory.units().containsKey(key) || !reachable.needsUnit(key)) {
            garbage.add(new Garbage(Kind.UNITS, key, file));
          }
        }
        case "checkpoints" -> {
          String key = file.segment(2);
          boolean goesOn = reachable.needsUnit(key) && !inventory.units().containsKey(key);
          if (!goesOn && !runsGoOn && !inventory.leases().contains(key)) {
            garbage.add(new Garbage(Kind.CHECKPOINTS, key, file));
          }
        }
        default -> {
          if (!inventory.leases().contains(stem(file))) {
            garbage.add(new Garbage(Kind.LEASES, file.path(), file));
          }
        }
      }
    }
    garbage.sort(
        Comparator.comparingInt(Garbage::turn)
            .thenComparing(each -> each.file().segment(3), Comparator.reverseOrder())
            .thenComparing(each -> each.file().path()));
    return garbage;
  }

  private static void ofArtifacts(
      StoredFile file, Reachable reachable, Map<String, Garbage> listed, List<Garbage> garbage) {
    if (file.name().contains(ArtifactStore.DAMAGED)) {
      garbage.add(new Garbage(Kind.DAMAGED, file.path(), file));
    } else if (file.name().equals(ArtifactStore.MANIFEST)
        ? !reachable.needsArtifact(folder(file)) && !reachable.lists(file.path())
        : !reachable.lists(file.path())) {
      Garbage by = by(listed, file.path());
      garbage.add(
          by == null
              ? new Garbage(Kind.UNFINISHED, file.path(), file)
              : new Garbage(by.kind(), by.thing(), file));
    }
  }

  /** What manifests and units list, and manifests themselves, with what it counts for. */
  private static Map<String, Garbage> listed(Inventory inventory) {
    Map<String, Garbage> listed = new HashMap<>();
    inventory
        .units()
        .forEach((key, unit) -> list(listed, Kind.UNITS, key, unit.tables(), unit.model()));
    inventory
        .manifests()
        .forEach(
            (folder, manifest) -> {
              list(listed, Kind.ARTIFACTS, folder, manifest.shards(), manifest.model());
              listed.put(folder + "/" + ArtifactStore.MANIFEST, of(Kind.ARTIFACTS, folder));
            });
    return listed;
  }

  private static void list(
      Map<String, Garbage> listed,
      Kind kind,
      String thing,
      List<ShardFile> tables,
      @Nullable ModelFolder model) {
    tables.forEach(table -> listed.put(table.path(), of(kind, thing)));
    if (model != null) {
      listed.put(model.path(), of(kind, thing));
    }
  }

  private static Garbage of(Kind kind, String thing) {
    return new Garbage(kind, thing, new StoredFile(thing, 0, Instant.EPOCH));
  }

  /** What lists a file or a folder above it. */
  private static @Nullable Garbage by(Map<String, Garbage> listed, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      Garbage by = listed.get(path.substring(0, end));
      if (by != null) {
        return by;
      }
    }
    return null;
  }

  private int turn() {
    // A dataset within an artifact has a manifest of its own.
    if (file.name().equals(ArtifactStore.MANIFEST)
        && file.segment(4).equals(ArtifactStore.MANIFEST)) {
      return 0;
    }
    return file.segment(0).equals("units") ? 1 : 2;
  }

  private static String folder(StoredFile file) {
    return file.path().substring(0, file.path().lastIndexOf('/'));
  }

  private static String stem(StoredFile file) {
    String name = file.name();
    return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
  }
}

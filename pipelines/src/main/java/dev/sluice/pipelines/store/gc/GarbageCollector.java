package dev.sluice.pipelines.store.gc;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Leases;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.pipelines.store.StoredFile;
import dev.sluice.pipelines.store.UnitRecord;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.replies.ResponseCache;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Removes from a workspace what no kept run reaches. It may be stopped at any point: whatever lists
 * files goes before the files, so that the rest is garbage for the next time.
 */
public final class GarbageCollector {
  /** A file that makes the folder of a run count no more. */
  public static final String REMOVED = "removed";

  private static final String RUNS = "runs";

  private final Workspace workspace;
  private final Leases leases;

  public GarbageCollector(Workspace workspace, Leases leases) {
    this.workspace = workspace;
    this.leases = leases;
  }

  /**
   * What is kept and what is not.
   *
   * @param kept what each kept run refers to
   * @param removedRuns ids of the runs whose folders are removed
   * @param goesOnSince when the first run began that goes on now; then all that is committed or
   *     finished stays, since the run may find it, and all that was written since
   * @param repliesBefore kept replies of servers that were written before it go, unless a run goes
   *     on; without it all stay
   */
  public record Scope(
      Collection<RunRoots> kept,
      Set<String> removedRuns,
      Optional<Instant> goesOnSince,
      Optional<Instant> repliesBefore) {

    /** All kept replies stay. */
    public Scope(
        Collection<RunRoots> kept, Set<String> removedRuns, Optional<Instant> goesOnSince) {
      this(kept, removedRuns, goesOnSince, Optional.empty());
    }

    public Scope {
      kept = List.copyOf(kept);
      removedRuns = Set.copyOf(removedRuns);
    }
  }

  /**
   * What was removed, or would be, of one kind.
   *
   * @param kind such as {@code artifacts}
   * @param count how many of them
   * @param bytes how much room their files take
   */
  public record Removed(String kind, int count, long bytes) {}

  /** What was found; it is removed by {@link #remove}. */
  public static final class Findings {
    private final Set<String> runsThen;
    private final List<String> runs;
    private final List<Garbage> garbage;
    private final long replyBytes;

    private Findings(
        Set<String> runsThen, List<String> runs, List<Garbage> garbage, long replyBytes) {
      this.runsThen = runsThen;
      this.runs = runs;
      this.garbage = garbage;
      this.replyBytes = replyBytes;
    }

    /** Room that all kept replies of servers take, those that go included. */
    public long replyBytes() {
      return replyBytes;
    }

    /** Ids of the runs whose folders go. */
    public List<String> runs() {
      return runs;
    }

    /** Count and size of each kind; kinds of which there is nothing are there with 0. */
    public List<Removed> totals() {
      Map<Garbage.Kind, Set<String>> things = new EnumMap<>(Garbage.Kind.class);
      Map<Garbage.Kind, Long> bytes = new EnumMap<>(Garbage.Kind.class);
      for (Garbage each : garbage) {
        things.computeIfAbsent(each.kind(), kind -> new HashSet<>()).add(each.thing());
        bytes.merge(each.kind(), each.file().bytes(), Long::sum);
      }
      things.put(Garbage.Kind.RUNS, Set.copyOf(runs));
      List<Removed> totals = new ArrayList<>();
      for (Garbage.Kind kind : Garbage.Kind.values()) {
        totals.add(
            new Removed(
                kind.label(),
                things.getOrDefault(kind, Set.of()).size(),
                bytes.getOrDefault(kind, 0L)));
      }
      return totals;
    }
  }

  /** Looks for what nothing needs; removes nothing. */
  public Findings find(Scope scope) {
    try {
      Set<String> runsThen = new TreeSet<>(workspace.files().list(RUNS));
      List<Garbage> garbage = new ArrayList<>();
      List<String> gone = new ArrayList<>();
      for (String run : runsThen) {
        if (scope.removedRuns().contains(run) || workspace.files().size(tombstone(run)) >= 0) {
          gone.add(run);
          for (StoredFile file : workspace.files().tree(RUNS + "/" + run)) {
            if (!file.path().equals(tombstone(run))) {
              garbage.add(new Garbage(Garbage.Kind.RUNS, run, file));
            }
          }
        }
      }
      Garbage.Inventory inventory = inventory(scope.kept());
      Reachable reachable =
          scope.goesOnSince().isPresent()
              ? Reachable.everything(inventory.manifests(), inventory.units())
              : Reachable.from(
                  scope.kept(), inventory.leases(), inventory.manifests(), inventory.units());
      garbage.addAll(
          Garbage.of(inventory, reachable, since(scope), scope.goesOnSince().isPresent()));
      long replyBytes = 0;
      for (StoredFile file : workspace.files().tree(ResponseCache.FOLDER)) {
        replyBytes += file.bytes();
        if (scope.goesOnSince().isEmpty()
            && scope.repliesBefore().filter(file.modified()::isBefore).isPresent()) {
          garbage.add(new Garbage(Garbage.Kind.REPLIES, file.path(), file));
        }
      }
      return new Findings(runsThen, gone, garbage, replyBytes);
    } catch (IOException e) {
      throw StoreException.because("Looking for what can be removed", e);
    }
  }

  /** What was written since then stays, whether or not it is known what it belongs to. */
  private Instant since(Scope scope) {
    Duration late = workspace.files().late();
    Instant listed = late.isZero() ? Instant.MAX : Instant.now().minus(late);
    return scope.goesOnSince().filter(began -> began.isBefore(listed)).orElse(listed);
  }

  private Garbage.Inventory inventory(Collection<RunRoots> kept) throws IOException {
    // Who is at work is asked first: what he finishes meanwhile is then found all the same.
    Set<String> atWork = leases.atWork().keySet();
    List<StoredFile> files = new ArrayList<>();
    for (String top : List.of("artifacts", "units", "checkpoints", "leases")) {
      files.addAll(workspace.files().tree(top));
    }
    Map<String, Manifest> manifests = new TreeMap<>();
    Map<String, UnitRecord> units = new TreeMap<>();
    for (StoredFile file : files) {
      String path = file.path();
      if (file.segment(0).equals("artifacts") && file.segment(4).equals(ArtifactStore.MANIFEST)) {
        String folder = path.substring(0, path.lastIndexOf('/'));
        manifest(folder).ifPresent(manifest -> manifests.put(folder, manifest));
      } else if (file.segment(0).equals("units")) {
        unit(path).ifPresent(unit -> units.put(unit.key(), unit));
      }
    }
    named(kept, manifests, units);
    return new Garbage.Inventory(files, manifests, units, atWork);
  }

  /** Adds what kept runs name and lists do not show, or not yet. */
  private void named(
      Collection<RunRoots> kept, Map<String, Manifest> manifests, Map<String, UnitRecord> units) {
    Deque<String> folders = new ArrayDeque<>();
    Set<String> keys = new HashSet<>();
    for (RunRoots run : kept) {
      run.artifacts().forEach(artifact -> folders.push(artifact.folder()));
      if (!run.whole()) {
        keys.addAll(run.units());
      }
    }
    Set<String> seen = new HashSet<>();
    while (!folders.isEmpty()) {
      String folder = folders.pop();
      if (!seen.add(folder)) {
        continue;
      }
      if (!manifests.containsKey(folder)) {
        manifest(folder).ifPresent(manifest -> manifests.put(folder, manifest));
      }
      Manifest manifest = manifests.get(folder);
      if (manifest != null) {
        manifest.units().forEach(unit -> keys.add(unit.key()));
        manifest.inputs().values().forEach(input -> folders.push(input(input)));
      }
    }
    for (String key : keys) {
      if (!units.containsKey(key)) {
        unit(UnitRecord.path(key)).ifPresent(unit -> units.put(key, unit));
      }
    }
  }

  private static String input(Manifest.Input input) {
    return Attempt.folder(input.stageType(), input.fingerprint()) + "/" + input.attempt();
  }

  private Optional<Manifest> manifest(String folder) {
    String path = folder + "/" + ArtifactStore.MANIFEST;
    return workspace
        .readIfThere(path)
        .flatMap(json -> Manifest.read(json, path))
        .filter(manifest -> folder.equals(ArtifactStore.folder(manifest)));
  }

  private Optional<UnitRecord> unit(String path) {
    return workspace
        .readIfThere(path)
        .flatMap(json -> SealedJson.read(json, path, UnitRecord.class))
        .filter(unit -> path.equals(UnitRecord.path(unit.key())));
  }

  /**
   * Removes what was found.
   *
   * @return false if a run began meanwhile: then the rest stays for the next time
   */
  public boolean remove(Findings found) {
    try {
      for (String run : found.runs) {
        // From here on it is no run, however much of its folder is left.
        workspace.files().write(tombstone(run), "removed\n".getBytes(StandardCharsets.UTF_8));
      }
      int atOnce = workspace.files().deletesAtOnce();
      List<String> paths = found.garbage.stream().map(each -> each.file().path()).toList();
      for (int from = 0; from < paths.size(); from += atOnce) {
        if (!found.runsThen.containsAll(workspace.files().list(RUNS))) {
          return false;
        }
        workspace.files().deleteFiles(paths.subList(from, Math.min(paths.size(), from + atOnce)));
      }
      for (String run : found.runs) {
        workspace.files().deleteEmptyFolders(RUNS + "/" + run);
        workspace.files().delete(tombstone(run));
        workspace.files().deleteEmptyFolders(RUNS + "/" + run);
      }
      return true;
    } catch (IOException e) {
      throw StoreException.because("Removing what no run needs", e);
    }
  }

  /** Removes folders without files: only while no run goes on, which may be about to fill them. */
  public void removeEmptyFolders() {
    try {
      for (String top : List.of("artifacts", "units", "checkpoints", "leases")) {
        workspace.files().deleteEmptyFolders(top);
      }
    } catch (IOException e) {
      throw StoreException.because("Removing empty folders", e);
    }
  }

  private static String tombstone(String run) {
    return RUNS + "/" + run + "/" + REMOVED;
  }
}

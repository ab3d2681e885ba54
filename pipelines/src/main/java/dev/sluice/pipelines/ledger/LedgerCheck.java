package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Finding;
import dev.sluice.pipelines.store.StoreCheck;
import dev.sluice.pipelines.store.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the ledger with the folders that it repeats. What it lacks is no damage: the next
 * process that opens it adds it.
 */
public final class LedgerCheck {
  private static final String REBUILD =
      "runs and artifacts are untouched; 'sluice ledger rebuild' rebuilds the ledger from them";

  private static final String FORGOTTEN =
      "nothing rests on the row; the next 'sluice runs' forgets it";

  private LedgerCheck() {}

  /**
   * What is wrong with the ledger of a workspace; nothing if there is none yet.
   *
   * @param store what is known of the artifacts, which is not told again
   */
  public static List<Finding> of(LedgerPlace place, Workspace workspace, StoreCheck store) {
    List<Finding> found = new ArrayList<>();
    Path file = Path.of(place.name());
    if (!place.isThere()) {
      return found;
    }
    String name = place.shared() ? place.name() : String.valueOf(file.getFileName());
    if (!place.shared() && !Files.isRegularFile(file)) {
      found.add(Finding.lost(name, "is a folder, not a file", "remove it; " + REBUILD));
      return found;
    }
    try (Ledger ledger = Ledger.open(place)) {
      List<String> problems = ledger.problems();
      if (!problems.isEmpty()) {
        found.add(Finding.lost(name, "is damaged: " + problems.get(0), REBUILD));
        return found;
      }
      runs(ledger, name, workspace, found);
      artifacts(ledger, name, workspace, store, found);
    } catch (LedgerException e) {
      found.add(Finding.lost(name, "cannot be used (" + e.getMessage() + ")", REBUILD));
    }
    return found;
  }

  private static void runs(Ledger ledger, String name, Workspace workspace, List<Finding> found) {
    Map<String, RunFolder> folders = new HashMap<>();
    RunFolder.all(workspace).forEach(folder -> folders.put(folder.id(), folder));
    for (LedgerRun row : ledger.runs()) {
      String place = name + ", run " + row.runId();
      RunFolder folder = folders.get(row.runId());
      if (folder == null) {
        found.add(Finding.lost(place, "refers to a run whose folder is not there", FORGOTTEN));
      } else if (!row.running() && row.filesChanged() == folder.changed()) {
        LedgerRun.WithStages now = LedgerRun.read(folder);
        if (!now.run().equals(row) || !now.stages().equals(ledger.stages(row.runId()))) {
          found.add(Finding.lost(place, "is not what the run's folder says", REBUILD));
        }
      }
    }
  }

  private static void artifacts(
      Ledger ledger, String name, Workspace workspace, StoreCheck store, List<Finding> found) {
    Set<Attempt> there = new HashSet<>(ArtifactStore.openDamaged(workspace).attempts());
    for (LedgerArtifact row : ledger.artifacts()) {
      if (!there.contains(row.key()) && !store.knows(row.key())) {
        found.add(
            Finding.lost(
                name + ", artifact " + row.key().folder(),
                "refers to an artifact that is not there",
                FORGOTTEN));
      }
    }
  }
}

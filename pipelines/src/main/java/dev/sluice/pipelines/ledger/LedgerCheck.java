package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.run.RunFolder;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the ledger with the folders that it repeats. What it lacks is no damage: it is added by
 * whoever opens it next.
 */
public final class LedgerCheck {
  private static final String REBUILD =
      "runs and artifacts are untouched; 'sluice ledger rebuild' makes the ledger anew from them";

  private LedgerCheck() {}

  /** What is wrong with the ledger of a workspace; nothing if there is none yet. */
  public static List<Finding> of(LedgerPlace place, Path workspace) {
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
      artifacts(ledger, name, workspace, found);
    } catch (LedgerException e) {
      found.add(Finding.lost(name, "cannot be used (" + e.getMessage() + ")", REBUILD));
    }
    return found;
  }

  private static void runs(Ledger ledger, String name, Path workspace, List<Finding> found) {
    Map<String, RunFolder> folders = new HashMap<>();
    RunFolder.all(workspace).forEach(folder -> folders.put(folder.id(), folder));
    for (LedgerRun row : ledger.runs()) {
      RunFolder folder = folders.get(row.runId());
      if (folder == null) {
        add(found, name, "a row refers to the run " + row.runId() + ", which is not there");
      } else if (!row.running() && row.filesChanged() == folder.changed()) {
        LedgerRun.WithStages now = LedgerRun.read(folder);
        if (!now.run().equals(row) || !now.stages().equals(ledger.stages(row.runId()))) {
          add(found, name, "the rows of the run " + row.runId() + " are not what its folder says");
        }
      }
    }
  }

  private static void artifacts(Ledger ledger, String name, Path workspace, List<Finding> found) {
    ArtifactStore store = ArtifactStore.open(workspace);
    Set<Attempt> there = new HashSet<>(store.attempts());
    for (LedgerArtifact row : ledger.artifacts()) {
      if (!there.contains(row.key())) {
        add(
            found,
            name,
            "a row refers to the artifact " + row.key().folder() + ", which is not there");
      }
    }
  }

  private static void add(List<Finding> found, String name, String problem) {
    // Each row is told of; the place of a row is the ledger and what it is about.
    found.add(Finding.lost(name + " (" + (found.size() + 1) + ")", problem, REBUILD));
  }
}

package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.json.NewerFormatException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Brings a ledger to what the folders of a workspace say: adds what it lacks, reads again what
 * changed, forgets what is gone.
 *
 * @param runs runs that were added or read again
 * @param artifacts attempts that were added
 * @param removed runs and attempts that were forgotten
 */
public record CatchUp(int runs, int artifacts, int removed) {

  /** Reads what changed since the ledger was last up to date. */
  public static CatchUp of(Ledger ledger, Workspace workspace) {
    Map<String, LedgerRun> knownRuns = new HashMap<>();
    ledger.runs().forEach(run -> knownRuns.put(run.runId(), run));
    int runs = 0;
    for (RunFolder folder : RunFolder.all(workspace)) {
      LedgerRun known = knownRuns.remove(folder.id());
      // A run that was at work may have died since, which changes no file.
      if (known == null || known.running() || known.filesChanged() != folder.changed()) {
        ledger.put(LedgerRun.read(folder));
        runs++;
      }
    }
    knownRuns.keySet().forEach(ledger::removeRun);

    Set<Attempt> knownAttempts = new HashSet<>();
    ledger.artifacts().forEach(artifact -> knownAttempts.add(artifact.key()));
    ArtifactStore store = ArtifactStore.open(workspace);
    int artifacts = 0;
    for (Attempt attempt : store.attempts()) {
      if (!knownAttempts.remove(attempt) && add(ledger, store, attempt)) {
        artifacts++;
      }
    }
    knownAttempts.forEach(ledger::remove);
    return new CatchUp(runs, artifacts, knownRuns.size() + knownAttempts.size());
  }

  /** Makes all rows of the workspace anew; others see the old ones until it is done. */
  public static CatchUp rebuild(Ledger ledger, Workspace workspace) {
    CatchUp[] done = new CatchUp[1];
    ledger.atomically(
        () -> {
          ledger.clear();
          done[0] = of(ledger, workspace);
        });
    return done[0];
  }

  /** Adds an attempt if its manifest can be read. */
  static boolean add(Ledger ledger, ArtifactStore store, Attempt attempt) {
    try {
      var artifact = store.committed(attempt);
      artifact.ifPresent(found -> ledger.put(LedgerArtifact.of(found.manifest())));
      return artifact.isPresent();
    } catch (NewerFormatException e) {
      // Whoever reads the artifact is told; a list of runs can do without it.
      return false;
    }
  }
}

package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.plan.CommittedStage;
import dev.sluice.pipelines.store.Damage;
import dev.sluice.pipelines.store.DamagedFileException;
import dev.sluice.records.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done about a damaged file of a committed artifact: all its damaged files are set aside,
 * so that it is no longer there and its stage runs again. Bounded, so that a bad disk ends in a
 * sentence.
 */
final class Repairs {
  /** How often one stage is mended in a run. */
  static final int MAX = 2;

  private final RunContext run;
  private final Map<String, Integer> mended = new HashMap<>();

  Repairs(RunContext run) {
    this.run = run;
  }

  /**
   * Sets the damage aside.
   *
   * @param reader the stage that came across it
   * @param committed the stages that the run may run again
   * @throws StageException if the stage that made the file may not run, or was mended often enough
   */
  void mend(DamagedFileException found, String reader, Collection<CommittedStage> committed) {
    for (CommittedStage stage : committed) {
      if (lists(stage.manifest(), found.damage().path())) {
        mend(found, stage);
        return;
      }
    }
    throw new StageException(
        "Stage '%s': %s The stage that made it is not among those chosen: run the file without --only."
            .formatted(reader, found.getMessage()));
  }

  private void mend(DamagedFileException found, CommittedStage stage) {
    if (mended.merge(stage.name(), 1, Integer::sum) > MAX) {
      throw new StageException(
          "Stage '%s' was made again %d times in this run, and its files are damaged again: %s Look at the disk and at what else writes to it."
              .formatted(stage.name(), MAX, found.getMessage()));
    }
    List<Damage> damages = new ArrayList<>(run.store().verify(stage.artifact()));
    if (damages.isEmpty()) {
      // Whole from here: whoever saw it otherwise may see it whole at the next try.
      run.warn(stage.name(), found.getMessage() + " From here it looks whole, and is tried again.");
    }
    damages.forEach(damage -> run.setAside(stage.name(), damage));
  }

  private static boolean lists(Manifest manifest, String path) {
    return manifest.shards().stream().anyMatch(shard -> shard.path().equals(path))
        || (manifest.model() != null && path.startsWith(manifest.model().path() + "/"));
  }
}

package dev.sluice.runners.cli.export;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Mirror;
import dev.sluice.runners.cli.run.DamagedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that can be read as a folder of this machine: what lies elsewhere is brought here first.
 */
final class LocalRun {
  private LocalRun() {}

  /** The run's folder, its artifacts and all that those were made of. */
  static Path of(RunFolder run) {
    Optional<Mirror> mirror = Mirror.around(run.path());
    RunReport report = DamagedRun.report(run);
    if (mirror.isEmpty()) {
      return run.path();
    }
    try {
      Path unused = mirror.get().fetch(run.path().resolve("report.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The report of the run %s cannot be fetched from %s (%s)."
              .formatted(run.id(), mirror.get().address(), e.getMessage()),
          e);
    }
    ArtifactStore store = ArtifactStore.open(mirror.get().root());
    for (StageReport stage : report.stages()) {
      String artifact = stage.artifact();
      if (artifact != null) {
        store.bringHere(ArtifactStore.artifactAt(Mirror.path(artifact)));
      }
    }
    return run.path();
  }
}

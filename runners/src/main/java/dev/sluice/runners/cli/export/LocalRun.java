package dev.sluice.runners.cli.export;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.runners.cli.run.DamagedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A run that can be read as a folder of this machine: remote files are downloaded first. */
final class LocalRun {
  private LocalRun() {}

  /** The run's folder, its artifacts and all that those were made of. */
  static Path of(RunFolder run) {
    RunReport report = DamagedRun.report(run);
    Workspace workspace = run.workspace();
    if (!workspace.isRemote()) {
      return run.path().local();
    }
    try {
      Path unused = workspace.files().fetch(run.path().resolve("report.json").path());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The report of the run %s cannot be fetched from %s (%s)."
              .formatted(run.id(), workspace, e.getMessage()),
          e);
    }
    ArtifactStore store = ArtifactStore.open(workspace);
    for (StageReport stage : report.stages()) {
      stage
          .attempt()
          .map(attempt -> ArtifactStore.artifactAt(workspace.file(attempt.folder())))
          .ifPresent(store::bringHere);
    }
    return run.path().local();
  }
}

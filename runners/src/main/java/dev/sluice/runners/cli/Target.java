package dev.sluice.runners.cli;

import dev.sluice.pipelines.run.RunFolder;
import dev.sluice.pipelines.run.RunReport;
import dev.sluice.pipelines.run.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Mirror;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command looks at: a run, one of its stages, an artifact's folder or a Parquet file. */
sealed interface Target {

  /** A run. */
  record OfRun(RunReport report) implements Target {}

  /** An artifact. */
  record OfArtifact(Artifact artifact) implements Target {}

  /** A Parquet file, whoever wrote it. */
  record OfFile(Path file) implements Target {}

  /** Finds what the text names; a path needs no workspace. */
  static Target of(String text, GlobalOptions global) {
    if (Mirror.isAddress(text)) {
      return new OfArtifact(ArtifactStore.artifactAt(Mirror.path(text)));
    }
    Path path = Path.of(text);
    if (Files.isRegularFile(path)) {
      return new OfFile(path);
    }
    if (Files.isDirectory(path)) {
      return new OfArtifact(ArtifactStore.artifactAt(path));
    }
    int slash = text.indexOf('/');
    RunReport report = report(slash < 0 ? text : text.substring(0, slash), global);
    return slash < 0
        ? new OfRun(report)
        : new OfArtifact(artifact(report, text.substring(slash + 1)));
  }

  /** The artifact of a stage of a run. */
  static Artifact artifact(RunReport report, String stage) {
    for (StageReport each : report.stages()) {
      if (each.name().equals(stage)) {
        String place = each.artifact();
        if (place == null) {
          throw new UserMistake(
              "The stage '%s' of the run %s is %s and has no artifact."
                  .formatted(stage, report.runId(), each.state().label()));
        }
        if (each.attempt().isEmpty()) {
          throw new UserMistake(
              "The report of the run %s names '%s' for the stage '%s', which is no place of an artifact; 'sluice verify' shows what else is wrong with the workspace."
                  .formatted(report.runId(), place, stage));
        }
        return ArtifactStore.artifactAt(Mirror.path(place));
      }
    }
    throw Unknown.stage(
        report.runId(), stage, report.stages().stream().map(StageReport::name).toList());
  }

  private static RunReport report(String id, GlobalOptions global) {
    RunFolder folder = RunFolder.find(global.workspace(), id);
    if (folder == null) {
      throw new UserMistake(
          "There is no file or folder '%s', and in the workspace %s %s ('sluice runs' lists them)."
              .formatted(
                  id, global.workspaceName(), Unknown.run(id, RunFolder.all(global.workspace()))));
    }
    return RunDamage.report(folder);
  }
}

package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.runners.cli.run.DamagedRun;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.UnknownName;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command looks at: a run, one of its stages, an artifact's folder or a Parquet file. */
public sealed interface Target {

  /** A run. */
  record OfRun(RunReport report) implements Target {}

  /** An artifact. */
  record OfArtifact(Artifact artifact) implements Target {}

  /**
   * A stage that failed or was interrupted.
   *
   * @param store the workspace
   * @param run the run's id
   * @param stage what the run says of it
   * @param tables the files of its finished units
   */
  record OfUnfinished(ArtifactStore store, String run, StageReport stage, List<ShardFile> tables)
      implements Target {}

  /** A Parquet file, whoever wrote it. */
  record OfFile(Path file) implements Target {}

  /** The same as {@link #of}; a stage without an artifact is found by its finished units. */
  static Target finishedOrNot(String text, GlobalOptions global) {
    int slash = text.indexOf('/');
    if (slash > 0 && !Workspace.isAddress(text) && !Files.exists(Path.of(text))) {
      RunFolder folder = RunFolder.find(global.workspace(), text.substring(0, slash));
      RunReport report = folder == null ? null : folder.report();
      for (StageReport each : report == null ? List.<StageReport>of() : report.stages()) {
        if (folder != null
            && each.name().equals(text.substring(slash + 1))
            && each.artifact() == null) {
          return unfinished(folder, each, global);
        }
      }
    }
    return of(text, global);
  }

  private static OfUnfinished unfinished(
      RunFolder folder, StageReport stage, GlobalOptions global) {
    ArtifactStore store = ArtifactStore.open(global.workspace());
    List<ShardFile> tables = new ArrayList<>();
    for (String key : folder.units(stage.name())) {
      store.units().find(key).ifPresent(unit -> tables.addAll(unit.tables()));
    }
    return new OfUnfinished(store, folder.id(), stage, tables);
  }

  /** Finds what the text names; a path needs no workspace. */
  static Target of(String text, GlobalOptions global) {
    if (text.isBlank()) {
      throw new UserMistake(
          "The name of a run, stage, folder or file is empty. 'sluice runs' lists the runs.");
    }
    if (Workspace.isAddress(text)) {
      return new OfArtifact(ArtifactStore.artifactAt(Workspace.path(text)));
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
              "The stage '%s' of the run %s is %s and has no artifact; 'sluice inspect %s/%s' shows what its finished shards hold."
                  .formatted(stage, report.runId(), each.state().label(), report.runId(), stage));
        }
        if (each.attempt().isEmpty()) {
          throw new UserMistake(
              "The report of the run %s names '%s' for the stage '%s', which is no place of an artifact; 'sluice verify' shows what else is wrong with the workspace."
                  .formatted(report.runId(), place, stage));
        }
        return Workspace.isAddress(place)
            ? ArtifactStore.artifactAt(Workspace.path(place))
            : ArtifactStore.artifactAt(Path.of(place));
      }
    }
    throw UnknownName.stage(
        report.runId(), stage, report.stages().stream().map(StageReport::name).toList());
  }

  private static RunReport report(String id, GlobalOptions global) {
    RunFolder folder = RunFolder.find(global.workspace(), id);
    if (folder == null) {
      throw new UserMistake(
          "There is no file or folder '%s', and in the workspace %s %s ('sluice runs' lists them)."
              .formatted(
                  id,
                  global.workspace().name(),
                  UnknownName.run(id, RunFolder.all(global.workspace()))));
    }
    return DamagedRun.report(folder);
  }
}

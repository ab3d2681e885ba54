package dev.sluice.export;

import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run left, as its folder and its artifacts tell it.
 *
 * @param folder the run's folder
 * @param runId the run's id
 * @param state where it stands, such as {@code succeeded}
 * @param referenceFree whether no label or reward rests on a reference or a grading program
 * @param stages its stages, in the order of the file
 * @param evaluated tables of problems that are evaluated on, but for those that stages of the run
 *     name as such
 */
public record RunView(
    Path folder,
    String runId,
    String state,
    boolean referenceFree,
    List<Stage> stages,
    List<Artifact> evaluated) {

  /** An artifact's folder below its workspace, at the end of a path or an address. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:.*[/\\\\])?(artifacts(?:[/\\\\][A-Za-z0-9][A-Za-z0-9._-]*){3})", Pattern.DOTALL);

  public RunView {
    stages = List.copyOf(stages);
    evaluated = List.copyOf(evaluated);
  }

  /** A run whose own stages say what they evaluate on. */
  public RunView(
      Path folder, String runId, String state, boolean referenceFree, List<Stage> stages) {
    this(folder, runId, state, referenceFree, stages, List.of());
  }

  /**
   * One stage.
   *
   * @param name the stage's name in the file
   * @param type the stage's type
   * @param state where it stands, such as {@code ran} or {@code reused}
   * @param artifact what it left; null if it is not finished
   */
  public record Stage(String name, String type, String state, @Nullable Artifact artifact) {}

  private record Report(
      String runId, String state, boolean referenceFree, List<ReportedStage> stages) {}

  private record ReportedStage(String name, String type, String state, @Nullable String artifact) {}

  /**
   * Opens a run.
   *
   * @param folder the run's folder, which holds {@code report.json}
   * @throws ExportException if there is no report, or an artifact that it names is not whole
   */
  public static RunView open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    Path file = absolute.resolve("report.json");
    Report report;
    try {
      report = Json.read(Files.readString(file), Report.class);
    } catch (IOException | JsonException e) {
      throw new ExportException(
          "The run %s cannot be opened: %s is missing or unreadable. 'sluice runs' lists the runs, 'sluice status RUN' says how far one is."
              .formatted(absolute, file),
          e);
    }
    List<Stage> stages = new ArrayList<>();
    for (ReportedStage stage : report.stages()) {
      Artifact artifact =
          stage.artifact() == null ? null : Artifact.open(located(absolute, stage.artifact()));
      stages.add(new Stage(stage.name(), stage.type(), stage.state(), artifact));
    }
    return new RunView(absolute, report.runId(), report.state(), report.referenceFree(), stages);
  }

  /**
   * The artifact in the workspace of the run, wherever that was when the report was written: a
   * report of an earlier program names the whole path.
   */
  private static Path located(Path run, String artifact) {
    Path runs = run.getParent();
    Path workspace = runs == null ? null : runs.getParent();
    Matcher place = PLACE.matcher(artifact);
    if (workspace == null || !place.matches()) {
      throw new ExportException(
          "The report of the run %s names '%s', which is no place of an artifact. 'sluice verify' shows what else is wrong with the workspace."
              .formatted(run, artifact));
    }
    return workspace.resolve(place.group(1).replace('\\', '/'));
  }

  /** The stage of this name. */
  public Optional<Stage> stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  /** The finished stages that wrote rows of a table, in the order of the file. */
  public List<Stage> writers(String table) {
    return stages.stream()
        .filter(stage -> stage.artifact() != null && stage.artifact().wrote(table))
        .toList();
  }

  /** The last finished stage of a type. */
  public Optional<Stage> last(String type) {
    return stages.stream()
        .filter(stage -> stage.type().equals(type) && stage.artifact() != null)
        .reduce((earlier, later) -> later);
  }
}

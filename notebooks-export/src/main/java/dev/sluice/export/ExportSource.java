package dev.sluice.export;

import dev.sluice.records.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Picks the artifacts that an export reads, and remembers them. */
public final class ExportSource {
  /** The stage type that makes a table, for messages. */
  private static final Map<String, String> MAKERS =
      Map.of(
          "problems", "SynthesizeProblems",
          "solutions", "SampleSolutions",
          "rubrics", "GenerateRubrics",
          "verifications", "VerifySolutions",
          "step_labels", "AggregateStepLabels",
          "preferences", "AggregateStepLabels or SelectSolutions",
          "rollouts", "UpdatePolicy",
          "metrics", "Evaluate",
          "examples", "TrainReward",
          "model", "UpdatePolicy or TrainReward");

  private final RunView run;
  private final ExportRequest request;
  private final String format;
  private final List<Used> used = new ArrayList<>();
  private final Map<String, Long> leftOut = new LinkedHashMap<>();

  /**
   * A table that was read.
   *
   * @param stage name of the stage in the run
   * @param type type of the stage
   * @param fingerprint fingerprint of the artifact
   * @param attempt attempt of the artifact
   * @param table name of the table
   * @param rows number of its rows
   * @param digest digest of its rows
   */
  public record Used(
      String stage,
      String type,
      String fingerprint,
      String attempt,
      String table,
      long rows,
      String digest) {}

  /**
   * Picks from a run.
   *
   * @param format the exporter's name, for messages
   */
  public ExportSource(RunView run, ExportRequest request, String format) {
    this.run = run;
    this.request = request;
    this.format = format;
  }

  /** The run. */
  public RunView run() {
    return run;
  }

  /** What is asked. */
  public ExportRequest request() {
    return request;
  }

  /** Counts rows that the export leaves out. */
  public void leftOut(String why, long rows) {
    if (rows > 0) {
      leftOut.merge(why, rows, Long::sum);
    }
  }

  /** Sets all counts to 0, for another pass over the same rows. */
  public void forgetCounts() {
    leftOut.clear();
  }

  /** How many rows were left out, by the reason. */
  public Map<String, Long> leftOut() {
    return new TreeMap<>(leftOut);
  }

  /** What was read so far. */
  public List<Used> used() {
    return List.copyOf(used);
  }

  /**
   * The artifact with a table: of the stage that was asked for or what that was made of; else of
   * the last stage that wrote it.
   *
   * @throws ExportException if there is none
   */
  public Artifact pick(String table) {
    return find(table).orElseThrow(() -> lacking(table));
  }

  /**
   * As {@link #pick}, passing over artifacts whose rows of the table are something else.
   *
   * @param takes whether the rows of an artifact are meant
   */
  public Artifact pick(String table, Predicate<Artifact> takes) {
    return find(table, takes).orElseThrow(() -> lacking(table));
  }

  /** As {@link #pick}; empty if there is none. */
  public Optional<Artifact> find(String table) {
    return find(table, any -> true);
  }

  private Optional<Artifact> find(String table, Predicate<Artifact> takes) {
    Optional<Artifact> found =
        request.stage() == null
            ? run.writers(table).stream()
                .map(ExportSource::artifact)
                .filter(takes)
                .reduce((earlier, later) -> later)
            : stage(request.stage()).origin(table).filter(takes);
    found.ifPresent(artifact -> use(artifact, table));
    return found;
  }

  /** The artifact with a table that another one was made of. */
  public Artifact origin(Artifact of, String table) {
    Artifact found = of.origin(table).orElseThrow(() -> lacking(table));
    use(found, table);
    return found;
  }

  /** Remembers that a table of an artifact is read. */
  public void use(Artifact artifact, String table) {
    Manifest manifest = artifact.manifest();
    Used entry =
        new Used(
            name(artifact),
            manifest.stageType(),
            manifest.fingerprint(),
            manifest.attempt(),
            table,
            manifest.rows(table),
            manifest.digest(table));
    if (!used.contains(entry)) {
      used.add(entry);
    }
  }

  /** The stages of the run that what was read was made by, in the order of the file. */
  public List<RunView.Stage> lineage() {
    Set<Path> folders = new LinkedHashSet<>();
    for (RunView.Stage stage : run.stages()) {
      Artifact artifact = stage.artifact();
      if (artifact != null
          && used.stream()
              .anyMatch(u -> u.fingerprint().equals(artifact.manifest().fingerprint()))) {
        folders.addAll(artifact.lineage());
      }
    }
    return run.stages().stream()
        .filter(stage -> stage.artifact() != null && folders.contains(stage.artifact().folder()))
        .toList();
  }

  private Artifact stage(String name) {
    RunView.Stage stage =
        run.stage(name)
            .orElseThrow(
                () ->
                    new ExportException(
                        "The run %s has no stage '%s'%s"
                            .formatted(
                                run.runId(),
                                name,
                                Near.suggestion(
                                    name,
                                    run.stages().stream().map(RunView.Stage::name).toList()))));
    return artifact(stage);
  }

  /** The stage's artifact; it has to be finished. */
  public static Artifact artifact(RunView.Stage stage) {
    Artifact artifact = stage.artifact();
    if (artifact == null) {
      throw new ExportException(
          "The stage '%s' is %s, so there is nothing of it to export. 'sluice run FILE' finishes it, 'sluice resume RUN' if the run was interrupted."
              .formatted(stage.name(), stage.state()));
    }
    return artifact;
  }

  /** The failure of a run without a table, or without a {@code model}. */
  ExportException lacking(String table) {
    String maker = MAKERS.getOrDefault(table, "a stage that writes it");
    String what = table.equals("model") ? "no trained model" : "no table '" + table + "'";
    String of = request.stage() == null ? "" : " behind its stage '" + request.stage() + "'";
    List<String> unfinished =
        run.stages().stream()
            .filter(stage -> maker.contains(stage.type()) && stage.artifact() == null)
            .map(stage -> "'" + stage.name() + "' (" + stage.state() + ")")
            .toList();
    return new ExportException(
        "The run %s has %s%s, which the format %s reads; %s makes it. %s"
            .formatted(
                run.runId(),
                what,
                of,
                format,
                maker,
                unfinished.isEmpty()
                    ? "Add such a stage to the pipeline file and run it."
                    : "Its stage %s is not finished: 'sluice run FILE' continues it, or 'sluice resume %s' if the run was interrupted."
                        .formatted(String.join(", ", unfinished), run.runId())));
  }

  /** The failure of an export without rows: nothing of one stage may be something of another. */
  public ExportException empty() {
    String table = used.isEmpty() ? "" : used.get(0).table();
    String stages =
        run.writers(table).stream().map(RunView.Stage::name).collect(Collectors.joining(", "));
    String left =
        leftOut.entrySet().stream()
            .map(each -> " Left out: %d %s.".formatted(each.getValue(), each.getKey()))
            .collect(Collectors.joining());
    return new ExportException(
        "The export has no rows, so nothing was written: %s has none that '%s' takes.%s Stages with the table '%s': %s; --stage selects one."
            .formatted(
                request.stage() == null
                    ? "the last stage with the table"
                    : "the stage '" + request.stage() + "'",
                format,
                left,
                table,
                stages));
  }

  /** The name of the stage that made an artifact. */
  public String name(Artifact artifact) {
    return run.stages().stream()
        .filter(stage -> stage.artifact() != null)
        .filter(stage -> artifact.folder().equals(artifact(stage).folder()))
        .map(RunView.Stage::name)
        .findFirst()
        .orElse(artifact.manifest().stage());
  }
}

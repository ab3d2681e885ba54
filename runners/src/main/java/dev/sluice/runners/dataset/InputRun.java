package dev.sluice.runners.dataset;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.export.ExportManifest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.RunView;
import dev.sluice.stages.UnitContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The inputs of a stage as a run that an exporter reads: the artifact that decides the rows, last,
 * and all that it was made of.
 */
final class InputRun {
  private final Artifact first;
  private final String table;
  private final String stage;
  private final Map<String, Artifact> ports;
  private final RunView view;

  private InputRun(
      Artifact first, String table, String stage, Map<String, Artifact> ports, RunView view) {
    this.first = first;
    this.table = table;
    this.stage = stage;
    this.ports = ports;
    this.view = view;
  }

  /**
   * Reads the unit's inputs.
   *
   * @param port the port of the table that decides the rows
   */
  static InputRun of(UnitContext context, String port) {
    Map<String, Artifact> ports = new LinkedHashMap<>();
    context.unit().inputs().keySet().stream()
        .sorted()
        .forEach(each -> ports.put(each, Artifact.open(context.artifact(each))));
    Artifact first = ports.get(port);
    if (first == null) {
      throw new ExportException(
          "The table '%s' has no shards, so there is nothing to export. Look at the stage that makes it."
              .formatted(port));
    }
    List<Artifact> evaluated =
        ports.entrySet().stream()
            .filter(each -> each.getKey().startsWith(Export.EVALUATION))
            .map(Map.Entry::getValue)
            .toList();
    Map<Path, Artifact> lineage = new LinkedHashMap<>();
    evaluated.forEach(each -> lineage.put(each.folder(), each));
    addWithInputs(first, lineage);
    Set<String> names = new HashSet<>();
    List<RunView.Stage> stages = new ArrayList<>();
    boolean referenceFree = true;
    String name = "";
    for (Artifact each : lineage.values()) {
      // Artifacts of other pipeline files may have been made by stages of equal names.
      name = each.manifest().stage();
      while (!names.add(name)) {
        name = name + "'";
      }
      stages.add(new RunView.Stage(name, each.manifest().stageType(), "ran", each));
      referenceFree &= each.manifest().referenceFree();
    }
    Path folder = context.runFolder();
    return new InputRun(
        first,
        port,
        name,
        ports,
        new RunView(
            folder,
            String.valueOf(folder.getFileName()),
            "running",
            referenceFree,
            stages,
            evaluated));
  }

  /** Adds an artifact behind those that it was made of. */
  private static void addWithInputs(Artifact artifact, Map<Path, Artifact> all) {
    artifact.inputs().stream()
        .filter(input -> !all.containsKey(input.folder()))
        .forEach(input -> addWithInputs(input, all));
    all.remove(artifact.folder());
    all.put(artifact.folder(), artifact);
  }

  RunView view() {
    return view;
  }

  /** The name, in the view, of the stage whose rows are exported. */
  String stage() {
    return stage;
  }

  /** Rows of the table that decides the rows of the dataset. */
  long rows() {
    return first.manifest().rows(table);
  }

  /**
   * Checks that every table that was read is an input of the stage, and so in its fingerprint.
   *
   * @throws ExportException if something else was read
   */
  void check(ExportManifest manifest) {
    Optional<Artifact> problems = first.origin(Export.PROBLEMS);
    problems.ifPresent(
        each ->
            check(
                Export.PROBLEMS, each.manifest().digest(Export.PROBLEMS), each.manifest().stage()));
    for (ExportSource.Used used : manifest.sources()) {
      check(used.table(), used.digest(), used.stage());
    }
  }

  /** By content: another attempt may have made equal rows. */
  private void check(String table, String digest, String stage) {
    if (ports.values().stream()
        .anyMatch(each -> each.wrote(table) && each.manifest().digest(table).equals(digest))) {
      return;
    }
    throw new ExportException(
        "The rows go by the table '%s' of the stage '%s', which is no input of this stage. Write 'input: {%s: %s}', beside the other inputs."
            .formatted(table, stage, table, stage));
  }
}

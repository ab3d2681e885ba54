package dev.sluice.export.notebook;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.export.RunView;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report of a run as a Jupyter notebook (nbformat 4.5) with its outputs in place. It reads
 * the run's artifacts by absolute path; running it needs {@code pyarrow} and gives the same
 * outputs.
 */
public final class Notebook {
  private Notebook() {}

  /**
   * Writes the notebook; a file that is there is replaced.
   *
   * @throws ExportException if the run has no finished stage, or the file cannot be written
   */
  public static void write(RunView run, Path file) {
    String text = Json.pretty(json(cells(run)));
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ExportException(
          "The notebook cannot be written to %s: %s. Name another file with --out."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static List<Cell> cells(RunView run) {
    Artifacts artifacts = new Artifacts(run);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.markdown("title", title(run)));
    cells.add(new Cell("setup", true, setup(artifacts), List.of()));
    cells.addAll(RunSection.cells(artifacts));
    cells.addAll(EvaluationSection.cells(artifacts));
    cells.addAll(LabelSection.cells(artifacts));
    cells.addAll(TrainingSection.cells(artifacts));
    return cells;
  }

  private static String title(RunView run) {
    String free =
        run.referenceFree()
            ? "It is **reference-free**: no label and no reward rests on a reference answer or a grading program; the figures below compare with references only to measure."
            : "It is **not reference-free**: some label or reward rests on a reference answer or a grading program.";
    return "# Run %s\n\nThe run %s. %s\n\nRunning this notebook again (it needs `pyarrow`) reads the run's artifacts and reproduces the outputs shown here."
        .formatted(run.runId(), run.state(), free);
  }

  private static String setup(Artifacts artifacts) {
    Path workspace = workspace(artifacts.run());
    StringBuilder python =
        new StringBuilder(
            "import html\nimport json\nimport math\nimport re\nfrom pathlib import Path\n\nimport pyarrow.parquet as pq\nfrom IPython.display import HTML, display\n\n");
    python.append("WORKSPACE = Path(").append(quoted(workspace.toString())).append(")\n");
    python.append("# name, type, state, artifact\nSTAGES = [\n");
    for (RunView.Stage stage : artifacts.run().stages()) {
      python.append("    (").append(quoted(stage.name())).append(", ");
      python.append(quoted(stage.type())).append(", ").append(quoted(stage.state())).append(", ");
      python.append(place(workspace, stage.artifact())).append("),\n");
    }
    python.append("]\nARTIFACTS = {\n");
    artifacts
        .all()
        .forEach(
            (role, artifact) ->
                python
                    .append("    ")
                    .append(quoted(role))
                    .append(": ")
                    .append(place(workspace, artifact))
                    .append(",\n"));
    return python.append("}\n\n\n").append(Cell.python("setup").strip()).toString();
  }

  private static Path workspace(RunView run) {
    for (RunView.Stage stage : run.stages()) {
      Artifact artifact = stage.artifact();
      if (artifact != null) {
        return artifact.workspace();
      }
    }
    throw new ExportException(
        "The run %s has no finished stage, so there is nothing to report. 'sluice status %s' says where it stands."
            .formatted(run.runId(), run.runId()));
  }

  private static String place(Path workspace, @Nullable Artifact artifact) {
    return artifact == null ? "None" : quoted(workspace.relativize(artifact.folder()).toString());
  }

  /** A JSON text is a string literal of Python too. */
  private static String quoted(String text) {
    return Json.compact(text);
  }

  private static Map<String, @Nullable Object> json(List<Cell> cells) {
    List<Object> list = new ArrayList<>();
    int count = 0;
    for (Cell cell : cells) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("cell_type", cell.code() ? "code" : "markdown");
      if (cell.code()) {
        fields.put("execution_count", ++count);
      }
      fields.put("id", cell.id().replace('_', '-'));
      fields.put("metadata", metadata(cell));
      if (cell.code()) {
        fields.put("outputs", cell.outputs().stream().map(Notebook::output).toList());
      }
      fields.put("source", lines(cell.source()));
      list.add(fields);
    }
    Map<String, @Nullable Object> notebook = new LinkedHashMap<>();
    notebook.put("cells", list);
    notebook.put(
        "metadata",
        Map.of(
            "kernelspec",
            Map.of("display_name", "Python 3", "language", "python", "name", "python3"),
            "language_info",
            Map.of("name", "python")));
    notebook.put("nbformat", 4);
    notebook.put("nbformat_minor", 5);
    return notebook;
  }

  /**
   * The code is folded away, in Jupyter by the first key and in pages that nbconvert makes by the
   * second: the report is what people want to see.
   */
  private static Map<String, Object> metadata(Cell cell) {
    return cell.code()
        ? Map.of(
            "jupyter", Map.of("source_hidden", true),
            "transient", Map.of("remove_source", true))
        : Map.of();
  }

  private static Map<String, Object> output(Output output) {
    Map<String, Object> data = new TreeMap<>();
    output.data().forEach((type, text) -> data.put(type, lines(text)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("data", data);
    fields.put("metadata", Map.of());
    fields.put("output_type", "display_data");
    return fields;
  }

  /** A text as a list of lines with their ends, as notebooks store texts. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      lines.add(text.substring(from, at + 1));
      from = at + 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }
}

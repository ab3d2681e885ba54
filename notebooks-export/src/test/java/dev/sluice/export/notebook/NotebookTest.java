package dev.sluice.export.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.FakeRun;
import dev.sluice.export.Golden;
import dev.sluice.export.RunView;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotebookTest {
  @TempDir private Path folder = Path.of("");

  private String written(RunView run) throws IOException {
    Path file = folder.resolve("deep/run.ipynb");
    Notebook.write(run, file);
    return Files.readString(file);
  }

  @Test
  void writesTheGoldenNotebook() throws IOException {
    Path workspace = folder.resolve("ws");
    RunView run = FakeRun.whole(workspace, 12);
    Golden.check("run.ipynb", written(run).replace(workspace.toString(), "/WORKSPACE"));
  }

  @Test
  void numbersCellsAndNamesThemOnce() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 12);
    Map<?, ?> notebook = (Map<?, ?>) Objects.requireNonNull(Json.parse(written(run)));
    assertThat(notebook.get("nbformat")).isEqualTo(4L);
    assertThat(notebook.get("nbformat_minor")).isEqualTo(5L);
    List<?> cells = (List<?>) Objects.requireNonNull(notebook.get("cells"));
    assertThat(cells.stream().map(cell -> ((Map<?, ?>) cell).get("id")).toList())
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(String.valueOf(id)).matches("[a-zA-Z0-9-]{1,64}"));
    assertThat(
            cells.stream()
                .filter(cell -> "code".equals(((Map<?, ?>) cell).get("cell_type")))
                .map(cell -> ((Map<?, ?>) cell).get("execution_count"))
                .toList())
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, 16).boxed().toList());
  }

  @Test
  void leavesOutWhatTheRunDidNotDo() throws IOException {
    RunView run = FakeRun.upToLabels(folder.resolve("ws"), 12);
    assertThat(written(run))
        .contains("## What ran", "## Labels", "### Samples")
        .doesNotContain("## Judges", "## Policy", "## Learning", "## Alarms");
  }

  @Test
  void saysThatNothingIsFinished() throws IOException {
    RunView run =
        new RunView(
            folder,
            "r1",
            "failed",
            true,
            List.of(new RunView.Stage("problems", "SynthesizeProblems", "failed", null)));
    assertThatThrownBy(() -> Notebook.write(run, folder.resolve("run.ipynb")))
        .hasMessage(
            "The run r1 has no finished stage, so there is nothing to report. 'sluice status r1' says where it stands.");
  }
}

package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.export.items.LabelledSolutions;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.records.StepLabel;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal texts become one row, with one label. */
final class DuplicatesTest {
  @TempDir private Path folder = Path.of("");

  private List<StepLabel> labels(String tie, Duplicates duplicates) throws IOException {
    RunView run = FakeRun.repeated(folder.resolve("ws"), tie);
    ExportRequest request = ExportRequest.into(folder.resolve("out")).duplicates(duplicates);
    ExportSource source = new ExportSource(run, request, "trl/stepwise");
    List<StepLabel> labels = new ArrayList<>();
    new LabelledSolutions().forEach(source, row -> labels.add(label(row)));
    return labels;
  }

  private static StepLabel label(Labelled row) {
    assertThat(row.solution().solutionId()).isEqualTo(row.label().solutionId());
    return row.label();
  }

  @Test
  void labelsOfEqualTexts_arePooledByMajority() throws IOException {
    List<StepLabel> labels = labels("drop", Duplicates.POOL);
    assertThat(labels).hasSize(2);
    StepLabel pooled = labels.get(0);
    assertThat(pooled.stepLabels()).containsExactly(true, true);
    assertThat(pooled.outcome()).isTrue();
    assertThat(pooled.firstError()).isEqualTo(-1);
    assertThat(pooled.votes()).isEqualTo(16);
    // (8 * 1.0 + 4 * 0.75 + 4 * 0.5) / 16 and (8 * 0.75 + 4 * 0.25 + 4 * 0.75) / 16
    assertThat(pooled.stepScores()).containsExactly(0.8125, 0.625);
    assertThat(pooled.agreement()).containsExactly(0.8125, 0.625);
  }

  @Test
  void outcome_followsThePooledSteps() throws IOException {
    StepLabel pooled = labels("drop", Duplicates.POOL).get(1);
    assertThat(pooled.steps()).containsExactly("1+2=5", "#5");
    assertThat(pooled.stepLabels()).containsExactly(true, true);
    assertThat(pooled.outcome()).isTrue();
    assertThat(pooled.stepScores()).containsExactly(0.75, 0.75);
  }

  @Test
  void tiesOfCopies_followTheRuleOfTheStage() throws IOException {
    StepLabel incorrect = labels("incorrect", Duplicates.POOL).get(1);
    assertThat(incorrect.stepLabels()).containsExactly(false, false);
    assertThat(incorrect.firstError()).isZero();
    assertThat(incorrect.outcome()).isFalse();
    // (0.25 + 0.75) / 2 and (0.125 + 0.25) / 2
    assertThat(incorrect.stepScores()).containsExactly(0.5, 0.1875);
    assertThat(incorrect.agreement()).containsExactly(0.5, 0.8125);
  }

  @Test
  void tiesOfCopies_goToTheFirst() throws IOException {
    assertThat(labels("first", Duplicates.POOL))
        .extracting(StepLabel::stepLabels)
        .containsExactly(List.of(true, true), List.of(false, false), List.of(true, true));
  }

  @Test
  void keptDuplicates_areAllThere() throws IOException {
    assertThat(labels("drop", Duplicates.KEEP))
        .extracting(StepLabel::stepLabels)
        .containsExactly(
            List.of(true, true),
            List.of(true, false),
            List.of(true, true),
            List.of(false, false),
            List.of(true, false),
            List.of(false, true),
            List.of(true, false),
            List.of(true, true));
  }

  @Test
  void pairs_areDistinctAndConsistent() throws IOException {
    RunView run = FakeRun.repeated(folder.resolve("ws"), "drop");
    ExportRequest request =
        ExportRequest.into(folder.resolve("out"))
            .rows(RowOptions.ALL.columns("prompt", "chosen", "rejected"));
    assertThat(lines(Exports.run(run, "trl/preference", request)))
        .containsExactly("{\"prompt\":\"3+4\",\"chosen\":\"\\nF\",\"rejected\":\"\\nG\"}");
    assertThat(
            lines(
                Exports.run(
                    run,
                    "trl/preference",
                    ExportRequest.into(folder.resolve("all")).duplicates(Duplicates.KEEP))))
        .hasSize(4);
  }

  @Test
  void cardAndManifest_countWhatIsLeftOut() throws IOException {
    RunView run = FakeRun.repeated(folder.resolve("ws"), "drop");
    Exports.run(run, "trl/stepwise", ExportRequest.into(folder.resolve("out")));
    assertThat(Files.readString(folder.resolve("out/README.md")))
        .contains(
            "## Left out\n\n| rows | what |\n|---|---|\n| 5 | copies of a solution text, pooled into one row |\n| 1 | solution texts whose copies have tied labels |\n");
    Object manifest = Json.parse(Files.readString(folder.resolve("out/manifest.json")));
    assertThat(((Map<?, ?>) Objects.requireNonNull(manifest)).get("left_out"))
        .isEqualTo(
            Map.of(
                "copies of a solution text, pooled into one row", 5L,
                "solution texts whose copies have tied labels", 1L));
  }

  private static List<String> lines(ExportReport report) throws IOException {
    return Files.readAllLines(Path.of(report.files().get(1).path()));
  }
}

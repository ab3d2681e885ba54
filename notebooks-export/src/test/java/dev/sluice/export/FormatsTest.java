package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns that trainers name, and the rows that belong in each format. */
final class FormatsTest {
  private static final String MESSAGES =
      "required group %s (LIST) { repeated group list { required group element { required binary role (STRING); required binary content (STRING); } } }";

  @TempDir private static Path shared = Path.of("");
  private static @Nullable RunView made;

  @TempDir private Path folder = Path.of("");

  /** Exports only read it. */
  @BeforeAll
  static void makeRun() throws IOException {
    made = FakeRun.whole(shared, 5);
  }

  private ExportReport export(RunView run, String format) {
    return Exports.run(run, format, ExportRequest.into(folder.resolve("out")));
  }

  private String jsonLines(ExportReport report) throws IOException {
    return Files.readString(Path.of(report.files().get(1).path()));
  }

  static Stream<String> formats() {
    return Exported.formats();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void rowsAndColumns_areGolden(String format) throws IOException {
    RunView run = Objects.requireNonNull(made);
    ExportReport report = Exports.run(run, format, Exported.request(format, folder.resolve("out")));
    String name = format.replace('/', '-');
    Path file = Path.of(report.files().get(0).path());
    StringBuilder rows = new StringBuilder();
    for (Map<String, @Nullable Object> row : Exported.rows(file)) {
      rows.append(Json.compact(row)).append('\n');
    }
    Golden.check("formats/" + name + ".jsonl", rows.toString());
    if (file.toString().endsWith(".parquet")) {
      Golden.check(
          "formats/" + name + ".schema.txt",
          ParquetRows.describe(file).columns().values().stream()
              .collect(Collectors.joining("\n", "", "\n")));
    }
    for (String side : List.of("dataset_info.json", "axolotl.yaml")) {
      Path text = folder.resolve("out").resolve(side);
      if (Files.exists(text)) {
        Golden.check("formats/" + name + "." + side, Files.readString(text));
      }
    }
  }

  @Test
  void writesTheGoldenCardAndManifest() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    Exports.run(
        run,
        "trl/stepwise",
        ExportRequest.into(folder.resolve("out")).split(Split.parse("train=0.75,test=0.25")));
    Golden.check("card.md", Files.readString(folder.resolve("out/README.md")));
    Golden.check("manifest.json", Files.readString(folder.resolve("out/manifest.json")));
  }

  @Test
  void writesListsInTheStandardForm() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    Path file = Path.of(export(run, "trl/preference-chat").files().get(0).path());
    assertThat(ParquetRows.describe(file).columns())
        .isEqualTo(
            Map.of(
                "prompt", MESSAGES.formatted("prompt"),
                "chosen", MESSAGES.formatted("chosen"),
                "rejected", MESSAGES.formatted("rejected"),
                "problem_id", "required binary problem_id (STRING)",
                "chosen_id", "required binary chosen_id (STRING)",
                "rejected_id", "required binary rejected_id (STRING)",
                "run", "required binary run (STRING)"));
  }

  /** The examples of the last stage that wrote some are solutions, which no judge wrote. */
  @Test
  void verifierExamples_areOfTheStageThatTrainedOne() throws IOException {
    RunView run = FakeRun.selected(folder.resolve("ws"), 5);
    assertThat(jsonLines(export(run, "verifier/sft")).lines().count()).isGreaterThan(1);
    assertThatThrownBy(
            () ->
                Exports.run(
                    run,
                    "verifier/sft",
                    ExportRequest.into(folder.resolve("other")).stage("selected")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("has no table 'examples' behind its stage 'selected'")
        .hasMessageContaining("TrainReward makes it");
  }

  @Test
  void makesPairsOfLabelsWhereNoStageWrotePreferences() throws IOException {
    RunView run = FakeRun.upToLabels(folder.resolve("ws"), 5);
    ExportReport report = export(run, "trl/preference");
    Golden.check("preference-of-labels.jsonl", jsonLines(report));
  }

  @Test
  void takesThePromptsThatThePolicyWasTrainedOn() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    ExportRequest request =
        ExportRequest.into(folder.resolve("out")).rows(RowOptions.ALL.columns("prompt"));
    assertThat(jsonLines(Exports.run(run, "trl/prompt-only", request)))
        .isEqualTo("{\"prompt\":\"50+1\"}\n{\"prompt\":\"51+2*3\"}\n");
  }

  @Test
  void takesThePromptsOfTheStageThatIsNamed() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    ExportRequest request =
        ExportRequest.into(folder.resolve("out"))
            .stage("test_problems")
            .rows(RowOptions.ALL.columns("prompt"));
    assertThat(jsonLines(Exports.run(run, "trl/prompt-only", request)))
        .isEqualTo("{\"prompt\":\"70+1*2\"}\n");
  }

  @Test
  void givesReferenceAnswersOnlyWhenAskedFor() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    ExportRequest request =
        ExportRequest.into(folder.resolve("out"))
            .withReference()
            .rows(RowOptions.ALL.columns("prompt", "ground_truth"));
    assertThat(jsonLines(Exports.run(run, "trl/prompt-only", request)))
        .isEqualTo(
            "{\"prompt\":\"50+1\",\"ground_truth\":\"42\"}\n{\"prompt\":\"51+2*3\",\"ground_truth\":\"42\"}\n");
    assertThat(Files.readString(folder.resolve("out/README.md")))
        .contains("The rows themselves hold reference answers, which were asked for.");
  }

  @Test
  void namesTheStageThatWouldMakeWhatIsMissing() throws IOException {
    RunView run = FakeRun.upToProblems(folder.resolve("ws"));
    assertThatThrownBy(() -> export(run, "trl/sft"))
        .hasMessage(
            "The run 20261101-000000-abc has no table 'step_labels', which the format trl/sft reads; AggregateStepLabels makes it. Its stage 'labels' (failed) is not finished: 'sluice run FILE' continues it, or 'sluice resume 20261101-000000-abc' if the run was interrupted.");
  }

  @Test
  void refusesADamagedFile() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    Artifact problems = ExportSource.artifact(run.stage("rl_problems").orElseThrow());
    Path file = problems.workspace().resolve(problems.manifest().shards().get(0).path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> export(run, "trl/prompt-only"))
        .hasMessageStartingWith(
            "The file %s of the stage 'rl_problems' is damaged: its SHA-256 is ".formatted(file))
        .hasMessageEndingWith("'sluice run FILE' makes it again.");
  }

  @Test
  void findsArtifactsInAWorkspaceThatWasMoved() throws IOException {
    FakeRun.whole(folder.resolve("ws"), 5);
    Files.move(folder.resolve("ws"), folder.resolve("moved"));
    RunView run = RunView.open(folder.resolve("moved/runs/20261101-000000-abc"));
    assertThat(export(run, "trl/prompt-only").files().get(0).rows()).isEqualTo(2);
  }
}

package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns that TRL names, and the rows that belong in each format. */
final class TrlExportersTest {
  private static final String MESSAGES =
      "required group %s (LIST) { repeated group list { required group element { required binary role (STRING); required binary content (STRING); } } }";

  @TempDir private Path folder = Path.of("");

  private ExportReport export(RunView run, String format) {
    return Exports.run(run, format, ExportRequest.into(folder.resolve("out")));
  }

  private String jsonLines(ExportReport report) throws IOException {
    return Files.readString(Path.of(report.files().get(1).path()));
  }

  @ParameterizedTest
  @CsvSource({
    "trl/sft, sft",
    "trl/sft-chat, sft-chat",
    "trl/preference, preference",
    "trl/preference-chat, preference-chat",
    "trl/prompt-only, prompt-only",
    "trl/prompt-only-chat, prompt-only-chat",
    "trl/stepwise, stepwise"
  })
  void writesTheGoldenRows(String format, String name) throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    ExportReport report = export(run, format);
    assertThat(report.files().get(0).path()).endsWith("/out/data/" + name + "-train.parquet");
    Golden.check(name + ".jsonl", jsonLines(report));
    Golden.check(
        name + ".schema.txt",
        ParquetRows.describe(Path.of(report.files().get(0).path())).columns().values().stream()
            .collect(Collectors.joining("\n", "", "\n")));
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
                "rejected", MESSAGES.formatted("rejected")));
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
    assertThat(jsonLines(export(run, "trl/prompt-only")))
        .isEqualTo("{\"prompt\":\"50+1\"}\n{\"prompt\":\"51+2*3\"}\n");
  }

  @Test
  void takesThePromptsOfTheStageThatIsNamed() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    ExportRequest request = ExportRequest.into(folder.resolve("out")).stage("test_problems");
    assertThat(jsonLines(Exports.run(run, "trl/prompt-only", request)))
        .isEqualTo("{\"prompt\":\"70+1*2\"}\n");
  }

  @Test
  void givesReferenceAnswersOnlyWhenAskedFor() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    ExportRequest request = ExportRequest.into(folder.resolve("out")).withReference();
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

  @Test
  void listsTheFormatsInOrder() {
    assertThat(Exports.all().stream().map(Exporter::name))
        .isEqualTo(
            List.of(
                "trl/sft",
                "trl/sft-chat",
                "trl/preference",
                "trl/preference-chat",
                "trl/prompt-only",
                "trl/prompt-only-chat",
                "trl/stepwise",
                "models"));
  }
}

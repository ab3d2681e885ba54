package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExportsTest {
  @TempDir private Path folder = Path.of("");

  private RunView run() throws IOException {
    return FakeRun.whole(folder.resolve("ws"), 5);
  }

  @Test
  void suggestsTheNearestFormat() throws IOException {
    RunView run = run();
    assertThatThrownBy(
            () -> Exports.run(run, "trl/step-wise", ExportRequest.into(folder.resolve("out"))))
        .hasMessage(
            "There is no export format 'trl/step-wise'; did you mean 'trl/stepwise'? 'sluice export --list' lists all %d."
                .formatted(Exports.all().size()));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void suggestsTheNearestStage() throws IOException {
    RunView run = run();
    ExportRequest request = ExportRequest.into(folder.resolve("out")).stage("lables");
    assertThatThrownBy(() -> Exports.run(run, "trl/sft", request))
        .hasMessage("The run 20261101-000000-abc has no stage 'lables'; did you mean 'labels'?");
  }

  @Test
  void refusesAnExportWithoutRows() throws IOException {
    RunView run = FakeRun.upToLabels(folder.resolve("one"), 1);
    ExportRequest request = ExportRequest.into(folder.resolve("out"));
    assertThatThrownBy(() -> Exports.run(run, "trl/stepwise", request))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "The export has no rows, so nothing was written: the last stage with the table has none that 'trl/stepwise' takes. Stages with the table 'step_labels': labels; --stage selects one.");
    assertThatThrownBy(() -> Exports.run(run, "trl/stepwise", request.stage("labels")))
        .hasMessageStartingWith(
            "The export has no rows, so nothing was written: the stage 'labels' has none that 'trl/stepwise' takes.");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void refusesASplitWithAPartWithoutRows() throws IOException {
    RunView run = run();
    ExportRequest request = ExportRequest.into(folder.resolve("out"));
    assertThatThrownBy(
            () ->
                Exports.run(
                    run, "trl/sft", request.split(Split.parse("train=0.999999,test=0.000001"))))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching(
            "The part 'test' of the split train=0.999999,test=0.000001 has no rows: none of the \\d+ problems falls in it. Export more problems, or give it a larger share.");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void leavesAFolderAloneThatIsNotEmpty() throws IOException {
    RunView run = run();
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> Exports.run(run, "trl/sft", ExportRequest.into(out)))
        .hasMessage(
            "The export cannot go to %s: the folder is not empty. Name a new one, or replace an earlier export with --force."
                .formatted(out));
    assertThat(out).isDirectoryNotContaining("glob:**.parquet");
  }

  @Test
  void forceReplacesAnEarlierExportAndNothingElse() throws IOException {
    RunView run = run();
    Path out = folder.resolve("out");
    ExportRequest request = ExportRequest.into(out);
    Exports.run(run, "trl/sft", request.split(Split.parse("train=0.5,test=0.5")));
    Files.writeString(out.resolve("mine.txt"), "mine");
    Exports.run(run, "trl/stepwise", request.replacing());
    assertThat(out.resolve("data").toFile().list())
        .containsExactlyInAnyOrder("stepwise-train.parquet", "stepwise-train.jsonl");
    assertThat(out.resolve("mine.txt")).exists();
  }

  @Test
  void anExportThatFailsLeavesTheEarlierOneAlone() throws IOException {
    Path out = folder.resolve("out");
    ExportRequest request = ExportRequest.into(out);
    ExportReport earlier = Exports.run(run(), "trl/stepwise", request);
    RunView less = FakeRun.upToProblems(folder.resolve("less"));
    assertThatThrownBy(() -> Exports.run(less, "trl/stepwise", request.replacing()))
        .isInstanceOf(ExportException.class);
    assertThat(out.resolve("data").toFile().list())
        .containsExactlyInAnyOrder("stepwise-train.parquet", "stepwise-train.jsonl");
    for (ExportReport.ExportedFile file : earlier.files()) {
      assertThat(FileHashes.sha256(Path.of(file.path()))).isEqualTo(file.sha256());
    }
  }

  @Test
  void refusesReferencesWhereThereIsNoRoomForThem() throws IOException {
    RunView run = run();
    ExportRequest request = ExportRequest.into(folder.resolve("out")).withReference();
    assertThatThrownBy(() -> Exports.run(run, "trl/sft", request))
        .hasMessage(
            "The format 'trl/sft' has no column for reference answers. Leave --with-reference out.");
  }

  @Test
  void printsTheShapeOfTheContract() throws IOException {
    ExportReport report =
        Exports.run(run(), "trl/prompt-only", ExportRequest.into(folder.resolve("out")));
    Path data = folder.resolve("out/data");
    assertThat(report.toJson())
        .isEqualTo(
            "{\"format\":\"trl/prompt-only\",\"files\":[{\"path\":\"%s\",\"rows\":2,\"sha256\":\"%s\"},{\"path\":\"%s\",\"rows\":2,\"sha256\":\"%s\"}],\"loader\":\"load_dataset(\\\"parquet\\\", data_files={\\\"train\\\": \\\"%s\\\"})\",\"launch\":\"trl grpo --model_name_or_path MODEL --dataset_name %s --reward_funcs MODULE.FUNCTION --output_dir OUT\"}"
                .formatted(
                    data.resolve("prompt-only-train.parquet"),
                    FileHashes.sha256(data.resolve("prompt-only-train.parquet")),
                    data.resolve("prompt-only-train.jsonl"),
                    FileHashes.sha256(data.resolve("prompt-only-train.jsonl")),
                    data.resolve("prompt-only-train.parquet"),
                    folder.resolve("out")));
  }

  @Test
  void copiesTrainedModelsAsTheyAre() throws IOException {
    RunView run = run();
    Path out = folder.resolve("out");
    ExportReport report = Exports.run(run, "models", ExportRequest.into(out));
    for (String stage : new String[] {"reward", "grpo"}) {
      Path model = ExportSource.artifact(run.stage(stage).orElseThrow()).folder().resolve("model");
      for (String file : FakeRun.tinyModel().keySet()) {
        assertThat(out.resolve(stage).resolve(file)).hasSameBinaryContentAs(model.resolve(file));
      }
      assertThat(out.resolve(stage).resolve("tokenizer_config.json"))
          .hasContent(
              """
              {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "eos_token": "<end>",
                "pad_token": "<pad>",
                "model_max_length": 256,
                "clean_up_tokenization_spaces": false
              }
              """);
    }
    assertThat(report.files()).hasSize(10).allSatisfy(file -> assertThat(file.rows()).isNull());
    assertThat(report.loader())
        .isEqualTo(
            "{\"reward\": AutoModelForCausalLM.from_pretrained(\"%s/reward\"), \"grpo\": AutoModelForCausalLM.from_pretrained(\"%s/grpo\")}"
                .formatted(out, out));
  }

  @Test
  void copiesOneModel() throws IOException {
    Path out = folder.resolve("out");
    ExportReport report = Exports.run(run(), "models", ExportRequest.into(out).stage("grpo"));
    assertThat(report.loader())
        .isEqualTo("AutoModelForCausalLM.from_pretrained(\"%s/grpo\")".formatted(out));
    assertThat(out.resolve("reward")).doesNotExist();
  }

  @Test
  void saysThatARunHasNoModel() throws IOException {
    RunView run = FakeRun.upToLabels(folder.resolve("ws"), 3);
    assertThatThrownBy(() -> Exports.run(run, "models", ExportRequest.into(folder.resolve("out"))))
        .hasMessage(
            "The run 20261101-000000-abc has no trained model, which the format models reads; UpdatePolicy or TrainReward makes it. Add such a stage to the pipeline file and run it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train=0.9,test=0.2|the shares sum to 1.1",
        "train|'train' is no new name with a share",
        "a=0.5,a=0.5|'a=0.5' is no new name with a share",
        "a=half,b=0.5|'half' is no number",
        "a=0,b=1|the share of 'a' is not above 0"
      })
  void refusesASplitThatIsNone(String text, String why) {
    assertThatThrownBy(() -> Split.parse(text))
        .hasMessage(
            "The split '%s' cannot be used: %s. Give names and shares that sum to 1, such as train=0.9,test=0.1."
                .formatted(text, why));
  }

  @Test
  void sharesProblemsOutByTheirIds() {
    Split split = Split.parse("train=0.9,test=0.1");
    int[] counts = new int[2];
    for (int i = 0; i < 10_000; i++) {
      counts[split.part("problem " + i)]++;
    }
    assertThat(counts).containsExactly(SHARES);
    assertThat(split).hasToString("train=0.9,test=0.1");
  }

  /** Exact: the hash of a problem's id decides, today as ever. */
  private static final int[] SHARES = {8985, 1015};
}

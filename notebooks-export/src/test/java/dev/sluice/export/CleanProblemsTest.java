package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.SplitOptions.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Problems that must not be trained on, and texts that must not leave. */
final class CleanProblemsTest {
  private static final String LONG =
      "A farmer has seventeen sheep and buys four more every week for a whole year how many sheep does the farmer have";

  @TempDir private Path folder = Path.of("");

  private List<@Nullable Object> prompts(RunView run, ExportRequest request) {
    return Exported.rows(Exports.run(run, "trl/unpaired", request), "train").stream()
        .map(row -> row.get("prompt"))
        .distinct()
        .toList();
  }

  @Test
  void problemsThatTheRunEvaluatesOn_areLeftOutAndNamed() throws IOException {
    // The run evaluates on "70+1*2", has dev problems such as "60+1*2", and trains on "50+1".
    RunView run =
        FakeRun.ofTexts(folder.resolve("ws"), List.of("first", "70+1*2", "60 + 1 * 2", "50+1"));
    ExportRequest request = ExportRequest.into(folder.resolve("out"));
    assertThat(prompts(run, request)).containsExactly("first", "50+1");
    assertThat(Files.readString(folder.resolve("out/README.md")))
        .contains("| 2 | problems of evaluation sets (decontamination) |")
        .contains("| 4 | rows of problems that are left out |")
        .contains("`removed.jsonl` names every problem that was removed");
    List<Map<String, @Nullable Object>> removed =
        Exported.rows(folder.resolve("out/removed.jsonl"));
    assertThat(removed.stream().map(row -> row.get("set")))
        .containsExactly("test_problems", "dev_problems");
    assertThat(removed.get(0).get("row")).isEqualTo(0L);
    assertThat(
            prompts(
                run,
                ExportRequest.into(folder.resolve("all"))
                    .problems(SplitOptions.TRAIN.contaminated())))
        .hasSize(4);
    assertThat(folder.resolve("all/removed.jsonl")).doesNotExist();
  }

  @Test
  void anEvaluationSetItself_canBeExported() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    ExportRequest request = ExportRequest.into(folder.resolve("out")).stage("test_problems");
    assertThat(Exports.run(run, "trl/prompt-only", request).files().get(0).rows()).isEqualTo(1);
  }

  @Test
  void problemsOfNamedFiles_areLeftOut() throws IOException {
    RunView run =
        FakeRun.ofTexts(
            folder.resolve("ws"), List.of("first", LONG.replace("farmer", "shepherd"), "third"));
    Path file = folder.resolve("bench.jsonl");
    Files.writeString(file, "{\"q\": \"x\"}\n{\"q\": \"%s\"}\n".formatted(LONG));
    SplitOptions problems = SplitOptions.TRAIN.benchmarks(List.of(Benchmark.parse(file + ":q")));
    assertThat(prompts(run, ExportRequest.into(folder.resolve("out")).problems(problems)))
        .containsExactly("first", "third");
    assertThat(Exported.rows(folder.resolve("out/removed.jsonl")).get(0))
        .containsEntry("set", "bench.jsonl")
        .containsEntry("row", 1L);
    SplitOptions wrong = SplitOptions.TRAIN.benchmarks(List.of(Benchmark.parse(file.toString())));
    assertThatThrownBy(
            () -> prompts(run, ExportRequest.into(folder.resolve("wrong")).problems(wrong)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("none of its 2 rows has a field 'question'; the first row has: q.");
    assertThat(folder.resolve("wrong")).doesNotExist();
  }

  @Test
  void aBenchmark_isAFileWithAColumn() {
    assertThat(Benchmark.parse("a/b.jsonl:text"))
        .isEqualTo(new Benchmark(Path.of("a/b.jsonl"), "text"));
    assertThat(Benchmark.parse("a/b.jsonl"))
        .isEqualTo(new Benchmark(Path.of("a/b.jsonl"), "question"));
    assertThat(Benchmark.parse("C:\\b.jsonl"))
        .isEqualTo(new Benchmark(Path.of("C:\\b.jsonl"), "question"));
  }

  @Test
  void personalDataAndSecrets_areReplacedAndCounted() throws IOException {
    RunView run =
        FakeRun.ofTexts(
            folder.resolve("ws"), List.of("Write to ann@example.com or bob@example.org", "3*4"));
    ExportReport report =
        Exports.run(run, "trl/stepwise", ExportRequest.into(folder.resolve("out")).scrub(true));
    for (ExportReport.ExportedFile file : report.files()) {
      Map<String, @Nullable Object> row = Exported.rows(Path.of(file.path())).get(0);
      assertThat(row.get("prompt")).isEqualTo("Write to [EMAIL] or [EMAIL]\n");
      assertThat(row.get("completions")).isEqualTo(List.of("Write to [EMAIL] or [EMAIL]", "#0"));
    }
    String card = Files.readString(folder.resolve("out/README.md"));
    // Two addresses in the prompt and in the first step of two rows.
    assertThat(card).contains("## Scrubbed").contains("| email | 8 |").contains(" --scrub ");
    assertThat(card).doesNotContain("ann@");
    Exports.run(run, "trl/stepwise", ExportRequest.into(folder.resolve("plain")));
    assertThat(Files.readString(folder.resolve("plain/README.md"))).doesNotContain("Scrubbed");
  }

  @Test
  void wordsOfOnesOwn_replaceThoseOfTheCard() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 5);
    Path card = folder.resolve("card.md");
    Files.writeString(
        card, "---\nlicense: mit\ntags:\n- mine\n---\n# My dataset\n\nMade with care.\n");
    Exports.run(run, "trl/sft", ExportRequest.into(folder.resolve("out")).card(card));
    String text = Files.readString(folder.resolve("out/README.md"));
    assertThat(text)
        .startsWith("---\npretty_name: \"trl/sft from 20261101-000000-abc\"\n")
        .contains(
            "\ntags:\n- mine\nconfigs:\n",
            "\nlicense: mit\n---\n\n# My dataset\n\nMade with care.\n\nThe run is reference-free")
        .contains("## Load", "## Rebuild and publish")
        .doesNotContain("# trl/sft from the run", "- synthetic");
    assertThatThrownBy(
            () ->
                Exports.run(
                    run,
                    "trl/sft",
                    ExportRequest.into(folder.resolve("no")).card(folder.resolve("none.md"))))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("--card names a Markdown file in UTF-8.");
  }

  @Test
  void theRunsFileAndTheCommands_standBesideTheRows() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 40);
    Files.writeString(run.folder().resolve("pipeline.yaml"), "pipeline: {}\n");
    Files.writeString(
        run.folder().resolve("invocation.json"),
        "{\"set\": [\"a.b=1\"], \"param\": {\"x\": \"it's\"}, \"until\": \"labels\", \"only\": null}");
    Exports.run(
        run,
        "trl/unpaired",
        ExportRequest.into(folder.resolve("out"))
            .split(Split.parse("train=0.5,test=0.5"))
            .rows(RowOptions.ALL.where("votes > 3").limit(20)));
    assertThat(folder.resolve("out/pipeline.yaml")).hasContent("pipeline: {}");
    assertThat(Files.readString(folder.resolve("out/README.md")))
        .contains(
            """
            ```sh
            sluice run pipeline.yaml --set a.b=1 --param 'x=it'\\''s' --until labels
            sluice export --format trl/unpaired --split train=0.5,test=0.5 --where 'votes > 3' --limit 20 --out DIR
            hf upload-large-folder USER/NAME . --repo-type dataset
            ```
            """);
  }

  @Test
  void strata_shareTheirProblemsOut() throws IOException {
    RunView run = FakeRun.whole(folder.resolve("ws"), 40);
    SplitOptions problems =
        SplitOptions.TRAIN.split(Split.parse("train=0.75,test=0.25")).stratify("difficulty");
    ExportReport report =
        Exports.run(
            run,
            "trl/prompt-only",
            ExportRequest.into(folder.resolve("out")).problems(problems).stage("problems"));
    // All 40 problems have one difficulty.
    assertThat(Exported.rows(report, "train")).hasSize(30);
    assertThat(Exported.rows(report, "test")).hasSize(10);
    assertThatThrownBy(
            () ->
                Exports.run(
                    run,
                    "trl/prompt-only",
                    ExportRequest.into(folder.resolve("no"))
                        .problems(problems.stratify("dificulty"))))
        .hasMessage(
            "Problems cannot be stratified by 'dificulty'; did you mean 'difficulty'? Take difficulty, source or attributes.NAME.");
    assertThat(folder.resolve("no")).doesNotExist();
  }
}

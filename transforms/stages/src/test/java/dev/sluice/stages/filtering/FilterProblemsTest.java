package dev.sluice.stages.filtering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterProblemsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private StageHost host;

  @SuppressWarnings("NullAway.Init")
  private StageRun problems;

  @BeforeEach
  void problems() throws IOException {
    host = new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()));
    Files.write(
        folder.resolve("train.jsonl"),
        List.of(
            "{\"question\": \"Ann has 3 pens and buys 4 more pens. How many pens has she now?\", \"answer\": \"7\"}",
            "{\"question\": \"Bob runs 5 miles every day of the week. How far does he run in a week?\", \"answer\": \"35\"}",
            "{\"question\": \"Ann has 3 pens and buys 4 more pens. How many pens has she got now?\", \"answer\": \"7\"}",
            "{\"question\": \"A box holds 12 eggs. How many eggs do 3 boxes hold?\", \"answer\": \"36\"}"));
    Files.write(
        folder.resolve("test.jsonl"),
        List.of(
            "{\"other\": 1}",
            "{\"task\": {\"text\": \"bob runs 5 miles every day of the week; how far does he run in one week\"}}"));
    problems =
        host.run(
            new SynthesizeProblems(),
            "{shard_problems: 2, source: {kind: file, path: '%s', columns: {question: question, reference_answer: answer}}}"
                .formatted(folder.resolve("train.jsonl")),
            Map.of());
  }

  private StageRun run(String yaml) {
    return host.run(new FilterProblems(), yaml, Map.of("problems", problems.files("problems")));
  }

  private String benchmarks() {
    return "benchmarks: [{path: '%s', column: task.text}]".formatted(folder.resolve("test.jsonl"));
  }

  @Test
  void leavesOutWhatIsMeasuredOnAndWhatRepeats() {
    StageRun run = run("{%s, near_duplicates: {similarity: 0.6}}".formatted(benchmarks()));
    List<Problem> all = problems.rows(Tables.PROBLEMS);
    assertThat(run.rows(Tables.PROBLEMS)).containsExactly(all.get(0), all.get(3));
    assertThat(run.rows(Tables.PROBLEMS))
        .extracting(Problem::referenceAnswer)
        .containsExactly("7", "36");
    // 16 of 17 words in one order; 12 of 15 runs of three words.
    assertThat(run.rows(Tables.DROPPED_PROBLEMS))
        .containsExactly(
            new DroppedProblem(all.get(1).problemId(), "benchmark", "test.jsonl:1", 16 / 17.0),
            new DroppedProblem(
                all.get(2).problemId(), "near_duplicate", all.get(0).problemId(), 12 / 15.0));
    assertThat(run.files("problems")).extracting(ShardFile::rows).containsExactly(1L, 1L);
    assertThat(run.counts()).isEqualTo(new Counts(4, 2, 2, 0, 0));
    assertThat(run.metric("filter/kept")).isEqualTo(2);
    assertThat(run.metric("filter/benchmark")).isEqualTo(1);
    assertThat(run.metric("filter/near_duplicate")).isEqualTo(1);
  }

  @Test
  void eachRuleStandsAlone() {
    assertThat(run("{%s}".formatted(benchmarks())).rows(Tables.PROBLEMS)).hasSize(3);
    assertThat(run("{near_duplicates: {similarity: 0.6}}").rows(Tables.PROBLEMS)).hasSize(3);
    assertThat(run("{near_duplicates: {}}").rows(Tables.PROBLEMS)).hasSize(3);
    assertThat(run("{near_duplicates: {similarity: 0.81}}").rows(Tables.PROBLEMS)).hasSize(4);
  }

  /** Pens, miles and eggs are the axes of meaning. */
  private static float[] meaning(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    return new float[] {
      lower.contains("pens") ? 1 : 0,
      lower.contains("miles") ? 1 : 0,
      lower.contains("eggs") ? 1 : 0,
      lower.contains("got") ? .5f : 0
    };
  }

  @Test
  void leavesOutWhatSaysTheSame() {
    host.encoder("encoder", FilterProblemsTest::meaning);
    List<Problem> all = problems.rows(Tables.PROBLEMS);
    String same = "paraphrases: {encoder: encoder, similarity: %s}";
    // The cosine of (1, 0, 0, 0) and (1, 0, 0, 1/2) is .894.
    assertThat(run("{" + same.formatted(.9) + "}").rows(Tables.DROPPED_PROBLEMS)).isEmpty();
    StageRun run = run("{" + same.formatted(.89) + "}");
    assertThat(run.rows(Tables.PROBLEMS)).containsExactly(all.get(0), all.get(1), all.get(3));
    assertThat(run.rows(Tables.DROPPED_PROBLEMS))
        .containsExactly(
            new DroppedProblem(
                all.get(2).problemId(),
                "paraphrase",
                all.get(0).problemId(),
                dev.sluice.models.Embedding.cosine(
                    new float[] {1, 0, 0, 0},
                    new float[] {
                      (float) (1 / Math.sqrt(1.25)), 0, 0, (float) (.5 / Math.sqrt(1.25))
                    })));
    assertThat(run.metric("filter/paraphrase")).isEqualTo(1);
    assertThat(run.files("problems")).extracting(ShardFile::rows).containsExactly(2L, 1L);
  }

  @Test
  void aBenchmarksTextIsKnownByItsMeaningToo() {
    host.encoder("encoder", FilterProblemsTest::meaning);
    List<Problem> all = problems.rows(Tables.PROBLEMS);
    // Too few common words for the rule of words: a run of 17.
    String yaml =
        "{%s, run_words: 17, near_duplicates: {similarity: 0.6}, paraphrases: {encoder: encoder, similarity: 1}}"
            .formatted(benchmarks());
    assertThat(run(yaml).rows(Tables.DROPPED_PROBLEMS))
        .containsExactly(
            new DroppedProblem(all.get(1).problemId(), "paraphrase", "test.jsonl:1", 1),
            new DroppedProblem(
                all.get(2).problemId(), "near_duplicate", all.get(0).problemId(), 12 / 15.0));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> run("{}")).hasMessageContaining("the stage has nothing to do");
    assertThatThrownBy(
            () ->
                run(
                    "{benchmarks: [{path: '%s', column: question}]}"
                        .formatted(folder.resolve("test.jsonl"))))
        .hasMessage(
            "Reading '%s': none of its 2 rows has a field 'question'. Name the column that holds the text."
                .formatted(folder.resolve("test.jsonl")));
  }
}

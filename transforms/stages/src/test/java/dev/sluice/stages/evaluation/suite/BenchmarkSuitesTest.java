package dev.sluice.stages.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites after benchmarks, on a few rows of their shape. */
class BenchmarkSuitesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private StageHost host;

  @BeforeEach
  void setUp() {
    host =
        new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()))
            .with("prm", (prompt, sampling, index, seed) -> ArithmeticScripts.verify(prompt));
  }

  private static double value(StageRun run, String name) {
    return Objects.requireNonNull(run.metrics().get(name), name).value();
  }

  private static Problem problem(String question, String id) {
    Problem problem = Rows.words(question, null);
    return new Problem(
        problem.problemId(),
        problem.messages(),
        null,
        "processbench",
        null,
        Map.of("format", "text", "id", id));
  }

  private static StepLabel label(Solution solution, String status, int first) {
    boolean labelled = status.equals("labelled");
    return new StepLabel(
        solution.solutionId(),
        solution.problemId(),
        status,
        List.of("a", "b"),
        List.of(),
        labelled ? List.of(first != 0, first == -1) : List.of(),
        labelled ? first : -1,
        labelled ? Boolean.valueOf(first == -1) : null,
        1,
        List.of(),
        "file",
        null);
  }

  /** Votes on two steps: the index of the first wrong one, or null for an abstention. */
  private static List<Verification> votes(Solution solution, @Nullable Integer... firsts) {
    List<Verification> votes = new ArrayList<>();
    for (int k = 0; k < firsts.length; k++) {
      Integer first = firsts[k];
      votes.add(
          new Verification(
              solution.solutionId() + "/" + k,
              solution.solutionId(),
              solution.problemId(),
              k,
              "first_error",
              first == null ? List.of() : List.of(first != 0, first == -1),
              first == null ? null : Boolean.valueOf(first == -1),
              "",
              first != null,
              0,
              0,
              "judge"));
    }
    return votes;
  }

  @Test
  void processBench_countsVotesByIndexAndSplitsByTheIdOfTheRow() {
    Problem sums = problem("How many?", "gsm8k-0");
    Problem proofs = problem("Prove it.", "math-17");
    Solution one = Rows.solution(sums, 0, "a\nb");
    Solution two = Rows.solution(sums, 1, "a\nb");
    Solution three = Rows.solution(proofs, 0, "a\nb");
    Solution four = Rows.solution(proofs, 1, "a\nb");
    List<Verification> votes = new ArrayList<>();
    votes.addAll(votes(one, -1, 1, 1, null));
    // A tie: the index met first wins, which is wrong here.
    votes.addAll(votes(two, 0, -1));
    votes.addAll(votes(three, -1));
    votes.addAll(votes(four, 0, null, 0));
    Map<String, List<ShardFile>> inputs =
        Map.of(
            "problems", List.of(host.shard(Tables.PROBLEMS, List.of(sums, proofs))),
            "label_problems", List.of(host.shard(Tables.PROBLEMS, List.of(sums, proofs))),
            "label_solutions",
                List.of(host.shard(Tables.SOLUTIONS, List.of(one, two, three, four))),
            "label_votes", List.of(host.shard(Tables.VERIFICATIONS, votes)),
            "gold",
                List.of(
                    host.shard(
                        Tables.STEP_LABELS,
                        List.of(
                            label(one, "labelled", 1),
                            label(two, "labelled", -1),
                            label(three, "labelled", -1),
                            label(four, "labelled", 0)))),
            "step_labels",
                List.of(
                    host.shard(
                        Tables.STEP_LABELS,
                        List.of(
                            label(one, "labelled", 1),
                            label(two, "labelled", -1),
                            label(three, "tie", -1),
                            label(four, "labelled", 0)))));
    StageRun run = host.run(new Evaluate(), "{suites: [processbench]}", inputs);
    assertThat(value(run, "processbench/votes_gsm8k_error_accuracy")).isEqualTo(1);
    assertThat(value(run, "processbench/votes_gsm8k_correct_accuracy")).isZero();
    assertThat(value(run, "processbench/votes_gsm8k_f1")).isZero();
    assertThat(value(run, "processbench/votes_math_f1")).isEqualTo(1);
    assertThat(value(run, "processbench/votes_f1")).isEqualTo(0.5);
    assertThat(value(run, "processbench/labels_gsm8k_f1")).isEqualTo(1);
    // A solution without a label is predicted wrongly.
    assertThat(value(run, "processbench/labels_math_correct_accuracy")).isZero();
    assertThat(value(run, "processbench/labels_f1")).isEqualTo(0.5);
    // The votes of index 0 have F1 0 and 1, those of index 1 have 1 and 0, the others 0.
    assertThat(value(run, "processbench/votes_one_vote_f1")).isEqualTo(0.25);
  }

  @Test
  void processBench_withoutPredictions_saysWhatToWire() {
    List<ShardFile> problems = List.of(host.shard(Tables.PROBLEMS, List.of(problem("q", "a-1"))));
    assertThatThrownBy(
            () ->
                host.run(new Evaluate(), "{suites: [processbench]}", Map.of("problems", problems)))
        .hasMessageContaining("problems without step labels")
        .hasMessageContaining("input: {gold: STAGE, step_labels: STAGE}");
  }

  @Test
  void split_isTheAttributeElseTheIdWithoutItsNumber() {
    assertThat(ProcessBenchMetrics.split(problem("q", "olympiadbench-12")))
        .isEqualTo("olympiadbench");
    assertThat(ProcessBenchMetrics.split(problem("q", "17"))).isEqualTo("all");
    assertThat(ProcessBenchMetrics.split(problem("q", "Omni-MATH-3"))).isEqualTo("omni_math");
  }

  private StageRun bench(String suite, String scores, String... lines) throws IOException {
    Path file = folder.resolve(suite + ".jsonl");
    Files.writeString(file, String.join("\n", lines) + "\n");
    return host.run(
        new Evaluate(),
        "{reward: prm, suites: [{kind: %s, rows: {path: '%s', scores: %s, format: %s}}]}"
            .formatted(suite, file, scores, scores.equals("reward") ? "arithmetic" : "text"),
        Map.of(
            "problems", List.of(host.shard(Tables.PROBLEMS, List.of(Rows.arithmetic("4+5-2"))))));
  }

  private static String pair(String subset, double chosen, double rejected) {
    return "{\"prompt\": \"Same question\", \"chosen\": \"good\", \"rejected\": \"bad\", \"subset\": \"%s\", \"id\": 3, \"scores_chosen\": %s, \"scores_rejected\": %s}"
        .formatted(subset, chosen, rejected);
  }

  @Test
  void rewardBench_withOnePromptInSeveralSubsets() throws IOException {
    StageRun run =
        bench(
            "rewardbench",
            "file",
            pair("alpacaeval-easy", 0.9, 0.1),
            pair("alpacaeval-hard", 0.1, 0.9),
            // A tie is wrong.
            pair("math-prm", 0.5, 0.5),
            pair("hep-go", 0.9, 0.5),
            "{\"prompt\": \"broken\"");
    assertThat(value(run, "rewardbench/chat")).isEqualTo(100 / 195.0, within(1e-12));
    assertThat(value(run, "rewardbench/reasoning")).isEqualTo(164 / 1148.0, within(1e-12));
    assertThat(value(run, "rewardbench/score"))
        .isEqualTo((100 / 195.0 + 164 / 1148.0) / 2, within(1e-12));
    assertThat(value(run, "rewardbench/accuracy")).isEqualTo(0.5);
    assertThat(value(run, "rewardbench/subset_alpacaeval_hard")).isZero();
  }

  @Test
  void rewardBench_scoredByAModel_leavesScoresAndDeadLetters() throws IOException {
    String right = "4+5=9\\n9-2=7\\n#7";
    String wrong = "4+5=9\\n9-2=8\\n#8";
    StageRun run =
        bench(
            "rewardbench",
            "reward",
            "{\"prompt\": \"4+5-2\", \"chosen\": \"%s\", \"rejected\": \"%s\"}"
                .formatted(right, wrong),
            "{\"prompt\": \"4+5-2\", \"chosen\": \"%s\", \"rejected\": \"%s\"}"
                .formatted(wrong, right),
            "{\"prompt\": \"4+5-2\", \"chosen\": \"x\"}");
    assertThat(value(run, "rewardbench/accuracy")).isEqualTo(0.5);
    assertThat(run.rows(Tables.SOLUTION_SCORES)).hasSize(4);
    assertThat(run.rows(Tables.DEAD_LETTERS)).hasSize(1);
  }

  @Test
  void rewardBench2_withTiesOfAppendixA() throws IOException {
    StageRun run =
        bench(
            "rewardbench2",
            "file",
            "{\"prompt\": \"q\", \"chosen\": [\"a\"], \"rejected\": [\"b\", \"c\", \"d\"], \"subset\": \"Precise IF\", \"id\": \"1\", \"scores\": [0.5, 0.5, 0.1, 0.2]}",
            "{\"prompt\": \"t\", \"chosen\": [\"a\", \"b\"], \"rejected\": [\"c\"], \"subset\": \"Ties\", \"id\": \"tied:0\", \"scores\": [3.0, 2.5, 1.0]}",
            "{\"prompt\": \"r\", \"chosen\": [\"a\"], \"rejected\": [\"c\"], \"subset\": \"Ties\", \"id\": \"ref:0\", \"scores\": [[3.0], [2.0]]}");
    assertThat(value(run, "rewardbench2/precise_if")).isEqualTo(0.5);
    assertThat(value(run, "rewardbench2/ties")).isEqualTo(1.007616, within(5e-7));
    assertThat(value(run, "rewardbench2/score"))
        .isEqualTo((0.5 + value(run, "rewardbench2/ties")) / 2, within(1e-12));
  }
}

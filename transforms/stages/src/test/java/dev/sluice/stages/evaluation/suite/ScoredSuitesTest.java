package dev.sluice.stages.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.scripted.ScriptedLanguageModel.Script;
import dev.sluice.records.Problem;
import dev.sluice.records.SolutionScore;
import dev.sluice.records.StepLabel;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites that measure scores of solutions. Half of the samples of both problems are right. */
class ScoredSuitesTest {
  private static final Problem ONE = Rows.arithmetic("4+5-2");
  private static final Problem TWO = Rows.arithmetic("9-3+2");
  private static final String RIGHT_ONE = "4+5=9\n9-2=7\n#7";
  private static final String WRONG_ONE = "4+5=9\n9-2=8\n#8";
  private static final String SHORT_ONE = "4+5=9\n#9";
  private static final String RIGHT_TWO = "9-3=6\n6+2=8\n#8";
  private static final String WRONG_TWO = "9-3=5\n5+2=7\n#7";
  private static final Map<String, List<String>> SAMPLES =
      Map.of(
          ONE.question(), List.of(RIGHT_ONE, RIGHT_ONE, WRONG_ONE, SHORT_ONE),
          TWO.question(), List.of(WRONG_TWO, WRONG_TWO, RIGHT_TWO, RIGHT_TWO));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private StageHost host;

  @BeforeEach
  void setUp() {
    Script solver =
        (prompt, sampling, index, seed) ->
            SAMPLES.entrySet().stream()
                .filter(entry -> prompt.startsWith(entry.getKey()))
                .findFirst()
                .orElseThrow()
                .getValue()
                .get(sampling.greedy() ? 0 : index);
    host =
        new StageHost(folder, new FakeModels(weights -> ArithmeticScripts.world()))
            .with("base", solver)
            .with("prm", (prompt, sampling, index, seed) -> ArithmeticScripts.verify(prompt))
            .with(
                "gullible",
                (prompt, sampling, index, seed) ->
                    ArithmeticScripts.verify(prompt).replace('n', 'y'));
  }

  private StageRun run(String reward, String suites, Map<String, List<ShardFile>> more) {
    Map<String, List<ShardFile>> inputs = new TreeMap<>(more);
    inputs.put("problems", List.of(host.shard(Tables.PROBLEMS, List.of(ONE, TWO))));
    return host.run(
        new Evaluate(),
        "{base: base, reward: %s, samples: 4, cool_samples: 0, suites: [%s]}"
            .formatted(reward, suites),
        inputs);
  }

  private static double value(StageRun run, String name) {
    return Objects.requireNonNull(run.metrics().get(name), name).value();
  }

  @Test
  void bestOfN_overAllSubsets() {
    StageRun run = run("prm", "{kind: best_of_n}", Map.of());
    assertThat(value(run, "best_of_n/base_1")).isEqualTo(0.5, within(1e-12));
    // 1 - C(2, 2) / C(4, 2)
    assertThat(value(run, "best_of_n/base_2")).isEqualTo(5 / 6.0, within(1e-12));
    assertThat(value(run, "best_of_n/base_4")).isEqualTo(1);
    // Of 7, 7, 8, 9 the first is right; of 7, 7, 8, 8 each with a chance of one half.
    assertThat(value(run, "majority/base_4")).isEqualTo(0.75);
    assertThat(value(run, "weighted_majority/base_4")).isEqualTo(1);
    assertThat(value(run, "best_of_n/base_gain")).isEqualTo(0.5, within(1e-12));
    assertThat(value(run, "best_of_n/base_over_majority")).isEqualTo(0.25);
    assertThat(run.rows(Tables.SOLUTION_SCORES))
        .hasSize(8)
        .extracting(SolutionScore::scorer)
        .containsOnly("reward.base");
  }

  @Test
  void suitesWithOneSource_shareItsScores() {
    long before = host.completions("prm");
    run("prm", "best_of_n", Map.of());
    long once = host.completions("prm") - before;
    host.forget();
    run("prm", "best_of_n, calibration, generation_verification_gap, noise_robustness", Map.of());
    assertThat(host.completions("prm") - before).isEqualTo(2 * once);
  }

  @Test
  void passAtK_isACurve() {
    StageRun run = run("prm", "{kind: pass_at_k, k: [1, 2, 4]}", Map.of());
    assertThat(value(run, "pass_at_k/base_1")).isEqualTo(0.5);
    assertThat(value(run, "pass_at_k/base_2")).isEqualTo(5 / 6.0, within(1e-12));
    assertThat(value(run, "pass_at_k/base_4")).isEqualTo(1);
  }

  @Test
  void passAtK_ofMoreThanTheSamples_isAMistake() {
    assertThatThrownBy(() -> run("prm", "{kind: pass_at_k, k: [8]}", Map.of()))
        .hasMessageContaining("'pass_at_k.k' is 8, but each problem has 4 samples");
  }

  @Test
  void calibration_ofAPerfectAndAGullibleJudge() {
    StageRun perfect = run("prm", "calibration", Map.of());
    assertThat(value(perfect, "calibration/base_ece")).isZero();
    assertThat(value(perfect, "calibration/base_brier")).isZero();
    assertThat(value(perfect, "calibration/base_accuracy_0")).isZero();
    assertThat(value(perfect, "calibration/base_accuracy_9")).isEqualTo(1);
    assertThat(value(perfect, "calibration/base_confidence_9")).isEqualTo(1);
    host.forget();
    // It accepts the 7 samples that pass the gate, of which 4 are right.
    StageRun gullible = run("gullible", "calibration", Map.of());
    assertThat(value(gullible, "calibration/base_accuracy_9")).isEqualTo(4 / 7.0, within(1e-12));
    assertThat(value(gullible, "calibration/base_ece")).isEqualTo(3 / 8.0, within(1e-12));
    assertThat(value(gullible, "calibration/base_brier")).isEqualTo(3 / 8.0, within(1e-12));
  }

  @Test
  void generationVerificationGap_ofAPerfectAndAGullibleJudge() {
    StageRun perfect = run("prm", "generation_verification_gap", Map.of());
    assertThat(value(perfect, "generation_verification_gap/base_generator")).isEqualTo(0.5);
    assertThat(value(perfect, "generation_verification_gap/base_verifier")).isEqualTo(1);
    assertThat(value(perfect, "generation_verification_gap/base_gap")).isEqualTo(0.5);
    assertThat(value(perfect, "generation_verification_gap/base_weighted_gain")).isEqualTo(0.5);
    host.forget();
    StageRun gullible = run("gullible", "generation_verification_gap", Map.of());
    // Right of the first problem's samples but the wrong one, and of half of the second's.
    assertThat(value(gullible, "generation_verification_gap/base_gap"))
        .isEqualTo((0.75 + 0.5) / 2 - 0.5, within(1e-12));
  }

  @Test
  void noiseRobustness_ofAllScoresOfAProblemTogether() {
    StageRun run = run("prm", "{kind: noise_robustness, percent: [50, 100]}", Map.of());
    assertThat(value(run, "noise_robustness/base_0")).isEqualTo(1);
    assertThat(value(run, "noise_robustness/base_group_50")).isEqualTo(0.5);
    assertThat(value(run, "noise_robustness/base_100")).isZero();
    assertThat(value(run, "noise_robustness/base_loss_100")).isEqualTo(1);
  }

  @Test
  void rewardGaming_tellsAGullibleJudgeFromAPerfectOne() {
    StageRun perfect = run("prm", "reward_gaming", Map.of());
    host.forget();
    StageRun gullible = run("gullible", "reward_gaming", Map.of());
    for (String edit : List.of("noise", "spurious", "short", "long")) {
      assertThat(value(perfect, "reward_gaming/" + edit + "_accept")).as(edit).isZero();
      assertThat(value(perfect, "reward_gaming/" + edit + "_gain")).as(edit).isZero();
      assertThat(value(gullible, "reward_gaming/" + edit + "_accept")).as(edit).isEqualTo(1);
    }
  }

  @Test
  void equivalentGain_beyondTheCurve_isALowerBound() {
    StageRun run = run("prm", "compute_equivalent_gain", Map.of());
    // The majority of all four is right in 3 of 4 cases, the best of two in 5 of 6.
    assertThat(value(run, "compute_equivalent_gain/base_best_of_2")).isEqualTo(2);
    assertThat(value(run, "compute_equivalent_gain/base_best_of_2_bounded")).isZero();
    assertThat(value(run, "compute_equivalent_gain/base_best_of_4")).isEqualTo(1);
  }

  @Test
  void suites_ofTheTrainedPolicy_measureItsSamples() {
    host.with(
        "policy",
        (prompt, sampling, index, seed) ->
            prompt.startsWith(ONE.question()) ? RIGHT_ONE : RIGHT_TWO);
    StageRun run =
        host.run(
            new Evaluate(),
            "{base: base, policy: policy, reward: prm, samples: 4, cool_samples: 0, suites: [{kind: compute_equivalent_gain}, {kind: best_of_n, from: {solutions: policy}}]}",
            Map.of("problems", List.of(host.shard(Tables.PROBLEMS, List.of(ONE, TWO)))));
    // The policy is always right, which the majority of base is not with all four samples.
    assertThat(value(run, "compute_equivalent_gain/policy")).isEqualTo(4);
    assertThat(value(run, "compute_equivalent_gain/policy_bounded")).isZero();
    assertThat(value(run, "best_of_n/policy_1")).isEqualTo(1);
    assertThat(run.metrics()).doesNotContainKey("best_of_n/base_1");
  }

  @Test
  void bestOfN_ofStoredLabels_readsTheirScores() {
    List<StepLabel> labels = List.of(label(ONE, 0, RIGHT_ONE, 0.9), label(ONE, 1, WRONG_ONE, 0.2));
    Map<String, List<ShardFile>> stored =
        Map.of(
            "step_labels", List.of(host.shard(Tables.STEP_LABELS, labels)),
            "label_problems", List.of(host.shard(Tables.PROBLEMS, List.of(ONE))),
            "label_solutions",
                List.of(
                    host.shard(
                        Tables.SOLUTIONS,
                        List.of(
                            Rows.solution(ONE, 0, RIGHT_ONE), Rows.solution(ONE, 1, WRONG_ONE)))));
    StageRun run =
        run("prm", "{kind: best_of_n, from: {solutions: stored, scores: labels}}", stored);
    assertThat(value(run, "best_of_n/stored_1")).isEqualTo(0.5);
    assertThat(value(run, "best_of_n/stored_2")).isEqualTo(1);
    assertThatThrownBy(
            () ->
                run(
                    "prm",
                    "{kind: best_of_n, n: [4], from: {solutions: stored, scores: labels}}",
                    stored))
        .hasMessageContaining("at 4 solutions, but problem %s has 2".formatted(ONE.problemId()));
  }

  private static StepLabel label(Problem problem, int k, String text, double worst) {
    return new StepLabel(
        problem.problemId() + "-" + k,
        problem.problemId(),
        "labelled",
        List.of(text.split("\n", -1)),
        List.of(1.0, worst, 0.95),
        List.of(true, worst > 0.5, worst > 0.5),
        worst > 0.5 ? -1 : 1,
        worst > 0.5,
        8,
        List.of(1.0, 1.0, 1.0),
        "soft",
        null);
  }

  @Test
  void labels_ofSamples_areAMistake() {
    ScoreSource source =
        new ScoreSource(ScoreSource.Pool.BASE, ScoreSource.By.LABELS, StepReduction.MIN);
    assertThat(new BestOfNSuite(source, List.of(0)).check("suites[0]"))
        .extracting(mistake -> mistake.key())
        .containsExactly("suites[0].from.scores", "suites[0].n");
  }

  @Test
  void stepReduction_ofThreeSteps() {
    List<Double> steps = List.of(0.5, 0.25, 0.75);
    assertThat(StepReduction.MIN.of(steps)).isEqualTo(0.25);
    assertThat(StepReduction.PRODUCT.of(steps)).isEqualTo(0.09375);
    assertThat(StepReduction.LAST.of(steps)).isEqualTo(0.75);
    assertThat(StepReduction.MEAN.of(steps)).isEqualTo(0.5);
  }
}

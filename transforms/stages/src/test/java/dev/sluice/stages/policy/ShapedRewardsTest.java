package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Rollout;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes, credits and estimates of METHODS section 7 in a round of the stage. */
class ShapedRewardsTest extends PolicyFixture {
  private static final Offset<Double> ROUNDED = within(5.1e-7);

  /** A judge of three votes on the steps of 4+5-2: the wrong response gets 3, 1 and 0 of them. */
  private StageHost judged() {
    return host()
        .with(
            "judge",
            (prompt, sampling, index, seed) ->
                prompt.contains("9-2=8") ? (index == 0 ? "a y y n" : "a y n n") : "a y y y");
  }

  private List<Rollout> rollouts(String keys) {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : RIGHT;
    StageRun run =
        run(
            judged(),
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, %s}".formatted(keys),
            List.of(PROBLEM));
    return run.rows(Tables.ROLLOUTS);
  }

  private static void assertRewards(List<Rollout> rollouts, double right, double wrong) {
    assertThat(rollouts.get(0).reward()).isCloseTo(right, ROUNDED);
    assertThat(rollouts.get(1).reward()).isCloseTo(wrong, ROUNDED);
  }

  private static final String PROCESS = "kind: process, model: judge, votes: 3, temperature: 1.0";

  /** Row 43: Clip and Delta on the shares of votes; scores 1, 1, 1 and 1, 1/3, 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{kind: clip, eta: 0.75}]          | 0 | -1.166667",
        "[delta]                            | 1 | 1",
        "[{kind: clip, eta: 0.75}, delta]   | 0 | 0"
      })
  void clipAndDelta_areSumsOfStepRewards(String shape, double right, double wrong) {
    assertRewards(rollouts("reward: [{%s, shape: %s}]".formatted(PROCESS, shape)), right, wrong);
  }

  /** Row 43 as the paper places it: the outcome's advantage, and step rewards to go. */
  @Test
  void clipAndDelta_withSuffixSums_areRewardsToGo() {
    List<Rollout> rollouts =
        rollouts(
            "credit: suffix_sum, reward: [{kind: reference}, {%s, weight: 2, shape: [{kind: clip, eta: 0.75}, delta]}]"
                .formatted(PROCESS));
    assertRewards(rollouts, 1, 0);
    double a = 0.5 / (Math.sqrt(0.5) + 1e-4);
    assertThat(rollouts.get(0).advantage()).isCloseTo(a, ROUNDED);
    // Clipped 0, -0.416667, -0.75; differences 0.416667, -0.416667, 0; to go 0, -0.416667, 0.
    List<Double> tokens = rollouts.get(1).advantages();
    assertThat(tokens.get(0)).isCloseTo(-a, ROUNDED);
    assertThat(tokens.get(6)).isCloseTo(-a - 2 * 0.416666666667, ROUNDED);
    assertThat(tokens.get(12)).isCloseTo(-a, ROUNDED);
  }

  /** Row 133: the first policy's response to the problem is right, so r_m is 1. */
  @Test
  void par_comparesWithTheFirstPolicy() {
    assertRewards(rollouts("reward: [{kind: reference, shape: [par]}]"), 0.5, 1 / (1 + Math.E));
    assertRewards(
        rollouts("reward: [{kind: reference, shape: [{kind: par, references: 2, slope: 2}]}]"),
        // Of two responses the second is wrong: r_m is 1 and 0.
        (0.5 + 1 / (1 + Math.exp(-2))) / 2,
        (1 / (1 + Math.exp(2)) + 0.5) / 2);
  }

  /** Row 169: the share of right steps and the outcome, less 1. */
  @Test
  void renorm_isPositiveWhereBothAgree() {
    assertRewards(
        rollouts(
            "reward: [{%s, score: fraction, shape: [{kind: renorm, outcome: reference}]}, {kind: reference, weight: 0}]"
                .formatted(PROCESS)),
        1,
        // Shares 2/3, 1/3, 1/3 of the three votes.
        4.0 / 9 - 1);
  }

  @Test
  void qwenMath_putsEveryRightAnswerAboveEveryWrongOne() {
    assertRewards(
        rollouts(
            "reward: [{%s, score: fraction, shape: [{kind: qwen_math, verified: reference}]}, {kind: reference, weight: 0}]"
                .formatted(PROCESS)),
        1 / (1 + Math.exp(-0.5)),
        1 / (1 + Math.exp(-0.5 * 4 / 9)) - 1);
  }

  /** Row 195: in the first round the weight is 0.3, and right responses reason better. */
  @Test
  void trust_weighsTheRewardByTheOutcome() {
    assertRewards(
        rollouts(
            "reward: [{%s, score: fraction, shape: [{kind: trust, outcome: reference}]}, {kind: reference}]"
                .formatted(PROCESS)),
        1 + 0.3,
        0);
  }

  /** Row 227: the scripted policy's tokens have log-probability -0.5. */
  @Test
  void confidence_isTheMeanProbabilityOfTheAnswersTokens() {
    assertRewards(rollouts("reward: [{kind: confidence}]"), Math.exp(-0.5), Math.exp(-0.5));
  }

  /** Row 233: all criteria or nothing. */
  @Test
  void rubric_ofAllCriteria_isAllOrNothing() {
    policy = (updates, prompt, index) -> index == 4 ? WRONG : RIGHT;
    String keys =
        "{model: policy, rounds: 1, problems_per_round: 1, samples: 5, reward: [{kind: rubric, score: %s}]}";
    assertThat(rewards(run(host(), keys.formatted("all"), List.of(PROBLEM)).rows(Tables.ROLLOUTS)))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 0.0);
    assertThat(
            rewards(run(host(), keys.formatted("share"), List.of(PROBLEM)).rows(Tables.ROLLOUTS)))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0 / 3);
  }

  /**
   * The scripted model's log-probabilities are -0.5 under the policy and under the first one, so
   * that every estimate is 0; the reward is as without.
   */
  @ParameterizedTest
  @CsvSource({"k1", "k2", "k3"})
  void klInTheReward_ofThePolicyThatItStartsFrom_isNothing(String estimator) {
    assertRewards(
        rollouts(
            "kl: {weight: 0.5, place: reward, estimator: %s}, reward: [{kind: reference}]"
                .formatted(estimator)),
        1,
        0);
  }

  @Test
  void roundAdvantage_standsInItsOwnTable() {
    policy = (updates, prompt, index) -> index == 1 || prompt.startsWith("6") ? WRONG : RIGHT;
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 1, problems_per_round: 2, samples: 2, advantage: batch_std, reward: [{kind: reference}]}",
            List.of(PROBLEM, Rows.arithmetic("6+3-2")));
    assertThat(run.rows(Tables.ROLLOUTS)).allMatch(rollout -> rollout.advantage() == null);
    // Rewards 1, 0, 0, 0: the deviation of all is 0.5.
    double a = 0.5 / (0.5 + 1e-4);
    assertThat(run.rows(Tables.ADVANTAGES).stream().mapToDouble(row -> row.advantage()).toArray())
        .containsExactly(new double[] {a, -a, 0, 0}, ROUNDED);
    assertThat(models.steps().get(0).batch()).hasSize(2);
    assertThat((double) models.steps().get(0).batch().get(0).advantages()[6])
        .isCloseTo(a, within(1e-6));
  }

  /** The wrong response has -1.166667 by its steps; one that fails the gate has no more. */
  @Test
  void responseThatFailsTheGate_isNeverTheBest() {
    policy = (updates, prompt, index) -> index == 0 ? WRONG : SHORT;
    List<Rollout> rollouts =
        run(
                judged(),
                "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [{%s, shape: [{kind: clip, eta: 0.75}]}]}"
                    .formatted(PROCESS),
                List.of(PROBLEM))
            .rows(Tables.ROLLOUTS);
    assertRewards(rollouts, -1.166667, -1.166667);
  }

  @Test
  void adaptersAndRulesThatStartAfresh_doNotGoTogether() {
    assertThat(
            check(
                "{model: m, rounds: 1, reward: [{kind: majority}], lora: {}, round_rules: [plateau_reset]}"))
        .extracting(ConfigMistake::key)
        .containsExactly("round_rules");
  }

  @Test
  void partsThatDoNotFit_areNamed() {
    String start = "{model: m, rounds: 1, reward: [";
    assertThat(check(start + "{kind: majority, shape: [delta]}]}"))
        .containsExactly(
            new ConfigMistake(
                "reward[0].shape[0]",
                "the shape changes scores of steps, but the reward 'majority' gives none; 'process', 'classifier' and 'log_ratio' do"));
    assertThat(
            check(
                start
                    + "{kind: majority, shape: [{kind: renorm, outcome: refrence}]}, {kind: reference}]}"))
        .extracting(ConfigMistake::key, ConfigMistake::word)
        .containsExactly(tuple("reward[0].shape[0]", "refrence"));
    assertThat(
            check(start + "{kind: process, model: m}], advantage: batch_std, credit: selective}"))
        .extracting(ConfigMistake::key)
        .containsExactly("credit");
    assertThat(
            check(start + "{kind: majority}], round_rules: [{kind: plateau_reset, metric: dev}]}"))
        .extracting(ConfigMistake::key)
        .containsExactly("round_rules[0].metric");
  }

  private static List<ConfigMistake> check(String yaml) {
    return new UpdatePolicy().check(Configs.of(UpdatePolicyConfig.class, yaml));
  }
}

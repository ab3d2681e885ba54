package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.RolloutAdvantage;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageRun;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fusions of terms, advantages over tokens, and rollouts that the loss leaves out. */
class FusedUpdatesTest extends PolicyFixture {
  private static final Offset<Double> ROUNDED = within(5.1e-7);
  private static final Problem OTHER = Rows.arithmetic("6+3-2");

  /** Each of the rollouts has 15 tokens, the short one 9; only PROBLEM is solved by RIGHT. */
  private StageRun run(String keys, Problem... problems) {
    return run(
        host(),
        "{model: policy, rounds: 1, problems_per_round: %d, %s}".formatted(problems.length, keys),
        List.of(problems));
  }

  private static double[] advantages(StageRun run) {
    return run.rows(Tables.ADVANTAGES).stream().mapToDouble(RolloutAdvantage::advantage).toArray();
  }

  /** Overlong gives the longer ones -0.5: they have 15 tokens, the zone is from 11 to 19. */
  private static final String TERMS =
      "reward: [{kind: reference}, {kind: overlong, max: 19, cache: 8, weight: 2}]";

  private void rightWrongShort() {
    policy = (updates, prompt, index) -> List.of(RIGHT, WRONG, SHORT).get(index);
  }

  @Test
  void sum_isTheDefault() {
    rightWrongShort();
    List<Rollout> rollouts = run("samples: 3, " + TERMS, PROBLEM).rows(Tables.ROLLOUTS);
    assertThat(rewards(rollouts)).containsExactly(0.0, -1.0, 0.0);
    assertThat(rewards(run("samples: 3, fusion: sum, " + TERMS, PROBLEM).rows(Tables.ROLLOUTS)))
        .containsExactly(0.0, -1.0, 0.0);
  }

  /** Of (1, 0, 0) the advantages are 1.154501 and -0.577250, of (-0.5, -0.5, 0) the same turned. */
  @Test
  void advantageLevel_addsTheAdvantagesOfTerms_andLeavesTheRewardAsTheSum() {
    rightWrongShort();
    List<Rollout> rollouts =
        run("samples: 3, fusion: advantage_level, " + TERMS, PROBLEM).rows(Tables.ROLLOUTS);
    assertThat(rewards(rollouts)).containsExactly(0.0, -1.0, 0.0);
    double of1 = 2.0 / 3 / (Math.sqrt(1.0 / 3) + 1e-4);
    double ofHalf = 1.0 / 3 / (Math.sqrt(1.0 / 12) + 1e-4);
    assertThat(rollouts.stream().mapToDouble(Rollout::advantage).toArray())
        .containsExactly(
            new double[] {of1 - ofHalf, -of1 / 2 - ofHalf, -of1 / 2 + 2 * ofHalf}, ROUNDED);
  }

  @Test
  void gdpo_isEstimatedOverTheRound() {
    policy =
        (updates, prompt, index) ->
            prompt.startsWith("6") ? SHORT : List.of(RIGHT, WRONG, SHORT).get(index);
    StageRun run = run("samples: 3, fusion: gdpo, " + TERMS, PROBLEM, OTHER);
    assertThat(run.rows(Tables.ROLLOUTS)).allMatch(rollout -> rollout.advantage() == null);
    double of1 = 2.0 / 3 / (Math.sqrt(1.0 / 3) + 1e-4);
    double ofHalf = 1.0 / 3 / (Math.sqrt(1.0 / 12) + 1e-4);
    double[] sums = {of1 - ofHalf, -of1 / 2 - ofHalf, -of1 / 2 + 2 * ofHalf};
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    double divisor = Math.sqrt(squares / 5) + 1e-4;
    assertThat(advantages(run))
        .containsExactly(
            new double[] {sums[0] / divisor, sums[1] / divisor, sums[2] / divisor, 0, 0, 0},
            ROUNDED);
    assertThat(models.steps().get(0).batch()).hasSize(3);
  }

  /** Both terms give the sum 1, so the sum has no gradient, but the terms have. */
  @ParameterizedTest
  @CsvSource({"sum, 0", "advantage_level, 3", "gdpo, 3"})
  void equalSumsOfDifferentTerms_haveAGradientWhereTermsAreKeptApart(String fusion, int trained) {
    policy = (updates, prompt, index) -> index == 2 ? RIGHT : SHORT;
    run(
        "samples: 3, fusion: %s, reward: [{kind: reference}, {kind: overlong, max: 19, cache: 8, weight: 2, gate: false}]"
            .formatted(fusion),
        PROBLEM);
    assertThat(models.steps().stream().mapToInt(step -> step.batch().size()).sum())
        .isEqualTo(trained);
  }

  @Test
  void gate_countsOtherTermsOnlyWhereItIsOpen() {
    rightWrongShort();
    assertThat(
            rewards(
                run("samples: 3, fusion: {kind: gate, by: reference}, " + TERMS, PROBLEM)
                    .rows(Tables.ROLLOUTS)))
        .containsExactly(0.0, 0.0, 0.0);
  }

  @Test
  void productOfANegativeTerm_isADeadLetterWithTheFusionsName() {
    rightWrongShort();
    StageRun run =
        run(
            "samples: 3, fusion: product, reward: [{kind: reference}, {kind: overlong, max: 19, cache: 8}]",
            PROBLEM);
    assertThat(rewards(run.rows(Tables.ROLLOUTS))).containsExactly(0.0);
    assertThat(run.rows(Tables.DEAD_LETTERS))
        .hasSize(2)
        .allSatisfy(
            letter ->
                assertThat(letter.errorMessage())
                    .contains("the fusion 'product' makes no finite reward of the terms"));
  }

  /** 5e299 is no number of single precision; the other problem's rewards are 0. */
  @Test
  void groupWithoutAFiniteAdvantage_isDeadLettersWithTheAdvantagesName() {
    policy = (updates, prompt, index) -> index == 0 && !prompt.startsWith("6") ? RIGHT : WRONG;
    StageRun run =
        run(
            "samples: 2, advantage: dr_grpo, reward: [{kind: reference, weight: 1.0e+300}]",
            PROBLEM,
            OTHER);
    assertThat(run.rows(Tables.ROLLOUTS))
        .extracting(Rollout::problemId)
        .containsExactly(OTHER.problemId(), OTHER.problemId());
    assertThat(run.rows(Tables.DEAD_LETTERS))
        .hasSize(2)
        .allSatisfy(
            letter -> assertThat(letter.errorMessage()).contains("the advantage 'dr_grpo'"));
    assertThat(models.steps()).isEmpty();
  }

  /** Rewards 1, 0 over 15 and 9 tokens: mean 15/24, variance 15 x 9 / 24 / 23. */
  @Test
  void reinforcePp_weighsResponsesByTheirTokens() {
    policy = (updates, prompt, index) -> index == 0 ? RIGHT : SHORT;
    StageRun run = run("samples: 2, advantage: reinforce_pp, reward: [{kind: reference}]", PROBLEM);
    double deviation = Math.sqrt(15 * 9 / 24.0 / 23 + 1e-8);
    assertThat(advantages(run))
        .containsExactly(new double[] {9 / 24.0 / deviation, -15 / 24.0 / deviation}, within(1e-6));
    assertThat(run.rows(Tables.ADVANTAGES)).allMatch(row -> row.advantages().isEmpty());
  }

  /** Groups without a difference of their own still have one from the round. */
  @Test
  void reinforcePp_keepsConstantGroups() {
    policy = (updates, prompt, index) -> prompt.startsWith("6") ? WRONG : RIGHT;
    run("samples: 2, advantage: reinforce_pp, reward: [{kind: reference}]", PROBLEM, OTHER);
    assertThat(models.steps().get(0).batch()).hasSize(4);
  }

  /** The scripted policy and its reference agree, so that each penalty is 0. */
  @Test
  void reinforcePp_withThePenaltyInTheReward_hasAnAdvantageForEachToken() {
    policy = (updates, prompt, index) -> index == 0 ? RIGHT : SHORT;
    StageRun run =
        run(
            "samples: 2, advantage: reinforce_pp, kl: {weight: 0.1, estimator: k1, place: reward}, reward: [{kind: reference}]",
            PROBLEM);
    List<RolloutAdvantage> rows = run.rows(Tables.ADVANTAGES);
    assertThat(rows).extracting(row -> row.advantages().size()).containsExactly(15, 9);
    assertThat(rows.get(0).advantages())
        .allSatisfy(
            each ->
                assertThat(each).isCloseTo(rows.get(0).advantage(), within(1e-12)).isPositive());
  }

  @Test
  void truncatedRollouts_countInTheirGroupButNotInTheLoss() {
    policy = (updates, prompt, index) -> index == 0 ? RIGHT : index == 1 ? SHORT : "#7";
    StageRun run =
        run(
            "samples: 3, max_tokens: 10, groups: [mask_truncated, drop_constant], reward: [{kind: overlong, max: 10, cache: 4, gate: false}]",
            PROBLEM);
    assertThat(run.rows(Tables.ROLLOUTS))
        .extracting(Rollout::finishReason)
        .containsExactly("length", "stop", "stop");
    assertThat(models.steps().get(0).batch()).hasSize(2);
    assertThat(run.rows(Tables.METRICS))
        .extracting("name", "value")
        .contains(tuple("rollouts/masked", 1.0), tuple("groups/kept", 1.0));
  }

  /**
   * Each round has a success and two failures; the shorter failure waits. Round 3 finds those of
   * rounds 1 and 2 and trains on them in a step of its own.
   */
  @Test
  void leftOutRollouts_areTrainedOnInALaterRound() {
    rightWrongShort();
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 3, problems_per_round: 1, samples: 3, groups: [{kind: rorecomp, alpha: 0.5, buffer: 2}], reward: [{kind: reference}]}",
            List.of(PROBLEM));
    assertThat(models.steps()).extracting(step -> step.batch().size()).containsExactly(2, 2, 2, 2);
    List<Rollout> earlier =
        run.rows(Tables.ROLLOUTS).stream()
            .filter(rollout -> rollout.round() < 3 && rollout.completion().equals(SHORT))
            .toList();
    assertThat(models.steps().get(3).batch())
        .allSatisfy(
            row -> assertThat(new String(row.tokens(), 0, row.tokens().length)).contains(SHORT));
    assertThat(earlier).hasSize(2);
    float[] advantages = models.steps().get(3).batch().get(0).advantages();
    assertThat((double) advantages[advantages.length - 1])
        .isCloseTo(earlier.get(0).advantage(), within(1e-6));
    assertThat(run.rows(Tables.METRICS))
        .filteredOn(metric -> metric.name().startsWith("rollouts/"))
        .extracting("round", "name", "value")
        .containsExactlyInAnyOrder(
            tuple(1, "rollouts/masked", 1.0),
            tuple(2, "rollouts/masked", 1.0),
            tuple(3, "rollouts/masked", 1.0),
            tuple(3, "rollouts/replayed", 2.0));
  }

  /** Of 2 problems only one has a success and a failure; a further one is rolled out. */
  @Test
  void passRates_areRefilled() {
    policy =
        (updates, prompt, index) -> prompt.startsWith("4") ? (index == 0 ? RIGHT : WRONG) : SHORT;
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 1, problems_per_round: 2, samples: 2, groups: [{kind: keep_pass_rate, reward: reference}, {kind: refill, max_waves: 2}], %s}"
                .formatted(TERMS),
            List.of(PROBLEM, OTHER, Rows.arithmetic("7+3-2")));
    assertThat(run.rows(Tables.ROLLOUTS)).hasSize(6);
    assertThat(models.steps().get(0).batch()).hasSize(2);
  }

  private static List<ConfigMistake> check(String keys) {
    return new UpdatePolicy()
        .check(Configs.of(UpdatePolicyConfig.class, "{model: m, rounds: 1, %s}".formatted(keys)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fusion: gdpo, advantage: batch_std, reward: [{kind: majority}]                          | fusion",
        "fusion: gdpo, kl: {weight: 0.1, place: reward}, reward: [{kind: majority}]              | fusion",
        "fusion: gdpo, reward: [{kind: majority}, {kind: majority}]                              | fusion",
        "fusion: gdpo, credit: selective, reward: [{kind: process, model: m}]                    | credit",
        "fusion: advantage_level, advantage: reinforce_pp, reward: [{kind: majority}]            | fusion",
        "fusion: product, reward: [{kind: majority, weight: -1}]                                 | fusion",
        "fusion: {kind: gate, by: reference}, reward: [{kind: majority}]                         | fusion",
        "fusion: {kind: gate, by: process}, credit: min_form, reward: [{kind: process, model: m}]| fusion",
        "advantage: {kind: pass_at_k, k: 5}, samples: 4, reward: [{kind: majority}]              | advantage.k",
        "groups: [{kind: keep_pass_rate, reward: reference}], reward: [{kind: majority}]         | groups[0]",
        "groups: [drop_constant, {kind: keep_pass_rate, min: 0.3, max: 0.4}], samples: 4, reward: [{kind: majority}] | groups[1]",
        "groups: [{kind: rorecomp, buffer: 8}], advantage: reinforce_pp, reward: [{kind: majority}]   | groups[0]",
        "groups: [{kind: rorecomp, reward: overlng}], reward: [{kind: majority}]                 | groups[0]"
      })
  void partsThatDoNotFit_areNamed(String keys, String key) {
    assertThat(check(keys)).extracting(ConfigMistake::key).containsExactly(key);
  }

  @Test
  void partsThatFit_passTheCheck() {
    assertThat(
            check("fusion: gdpo, reward: [{kind: majority}, {kind: overlong, max: 9, cache: 3}]"))
        .isEmpty();
    assertThat(
            check(
                "advantage: reinforce_pp, kl: {weight: 0.1, place: reward}, reward: [{kind: majority}]"))
        .isEmpty();
  }
}

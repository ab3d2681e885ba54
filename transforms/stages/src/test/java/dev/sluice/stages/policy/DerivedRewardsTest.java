package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rewards that are made of others, of stored solutions and of what models hold likely. */
class DerivedRewardsTest extends PolicyFixture {
  private static final Offset<Double> ROUNDED = within(5.1e-7);

  private static Solution stored(Problem problem, int index, String text) {
    return new Solution(
        problem.problemId() + "-" + index,
        problem.problemId(),
        index,
        text,
        List.of(text.split("\n", -1)),
        null,
        "file",
        0,
        0,
        null,
        null,
        "file",
        null,
        "");
  }

  /** Two rollouts, the first right; with stored solutions to the problem. */
  private StageRun offline(String reward, Solution... stored) {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : RIGHT;
    StageHost host = host().forget();
    Map<String, List<ShardFile>> inputs = new TreeMap<>();
    inputs.put("problems", List.of(host.shard(Tables.PROBLEMS, List.of(PROBLEM))));
    inputs.put("offline", List.of(host.shard(Tables.SOLUTIONS, List.of(stored))));
    return host.run(
        new UpdatePolicy(),
        "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [%s]}"
            .formatted(reward),
        inputs);
  }

  private static List<Double> rewardsOf(StageRun run) {
    return rewards(run.rows(Tables.ROLLOUTS));
  }

  /** The first policy's five responses are right but for the second. */
  @Test
  void contrastive_comparesWithTheFirstPolicy() {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : RIGHT;
    List<Rollout> rollouts =
        run(
                host(),
                "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [{kind: reference, shape: [contrastive]}]}",
                List.of(PROBLEM))
            .rows(Tables.ROLLOUTS);
    assertThat(rollouts.get(0).reward()).isCloseTo(0.2, ROUNDED);
    assertThat(rollouts.get(1).reward()).isCloseTo(-0.8, ROUNDED);
  }

  /** The stored solutions by their index: right, wrong, wrong, right; one of another problem. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: contrastive, references: 4} | 0.5 | -0.5",
        "{kind: contrastive, references: 3} | 0.666667 | -0.333333",
        "{kind: contrastive, references: 9} | 0.5 | -0.5",
        "reference_gap                      | 0 | -1",
        "{kind: par, references: 2}         | 0.615529 | 0.384471"
      })
  void storedSolutions_takeThePlaceOfTheFirstPolicys(String shape, double right, double wrong) {
    StageRun run =
        offline(
            "{kind: reference, shape: [%s]}".formatted(shape),
            stored(PROBLEM, 3, RIGHT),
            stored(PROBLEM, 1, WRONG),
            stored(PROBLEM, 0, RIGHT),
            stored(PROBLEM, 2, WRONG),
            stored(problems(1).get(0), 0, RIGHT));
    assertThat(rewardsOf(run).get(0)).isCloseTo(right, ROUNDED);
    assertThat(rewardsOf(run).get(1)).isCloseTo(wrong, ROUNDED);
    assertThat(run.warnings()).isEmpty();
  }

  @Test
  void problemWithoutStoredSolutions_isADeadLetter() {
    StageRun run =
        offline("{kind: reference, shape: [contrastive]}", stored(problems(1).get(0), 0, RIGHT));
    assertThat(run.rows(Tables.ROLLOUTS)).isEmpty();
    assertThat(run.dead())
        .hasSize(2)
        .allSatisfy(
            letter ->
                assertThat(letter.errorMessage())
                    .contains("the table at the input 'offline' has none"));
  }

  @Test
  void storedSolutionsThatNothingReads_areWarnedOf() {
    StageRun run = offline("{kind: reference}", stored(PROBLEM, 0, RIGHT));
    assertThat(run.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.toString()).contains("so they change nothing"));
  }

  @Test
  void tokensOfStoredSolutions_areNotKnown() {
    assertThatThrownBy(
            () -> offline("{kind: confidence, shape: [contrastive]}", stored(PROBLEM, 0, RIGHT)))
        .hasStackTraceContaining("which stored solutions do not have");
  }

  /** Members say 1 or 0 by steps and 1 by the majority: right 1 and 1, wrong 0 and 0. */
  @Test
  void ensemble_saysHowFarItsMembersAreApart() {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : RIGHT;
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [{kind: ensemble, merge: min, members: [{kind: process, model: judge}, {kind: overlong, max: 15, cache: 5}]}]}",
            List.of(PROBLEM));
    // Fourteen tokens and the end of text: the penalty of 15 is -1.
    List<Rollout> rollouts = run.rows(Tables.ROLLOUTS);
    assertThat(rollouts.get(0).reward()).isCloseTo(-1, ROUNDED);
    assertThat(rollouts.get(0).rewards())
        .containsEntry("ensemble", -1.0)
        .containsEntry("ensemble/disagreement", 1.0);
    assertThat(rollouts.get(1).rewards()).containsEntry("ensemble/disagreement", 0.5);
    assertThat(metric(run, "disagreement/first_round")).hasValue(0.75);
    assertThat(metric(run, "alarm/disagreement")).hasValue(0.0);
    assertThat(run.rows(Tables.METRICS))
        .filteredOn(metric -> metric.name().equals("disagreement/mean"))
        .extracting(Metric::round, Metric::value)
        .containsExactly(org.assertj.core.api.Assertions.tuple(1, 0.75));
  }

  @Test
  void rewardWithoutMembers_hasNoDisagreement() {
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [{kind: reference}]}",
            List.of(PROBLEM));
    assertThat(metric(run, "disagreement/first_round")).isEmpty();
    assertThat(metric(run, "alarm/disagreement")).isEmpty();
    assertThat(run.rows(Tables.ROLLOUTS).get(0).rewards()).containsOnlyKeys("reference");
  }

  private static Optional<Double> metric(StageRun run, String name) {
    return Optional.ofNullable(run.metrics().get(name)).map(Metric::value);
  }

  /** A negative reward of all others: 0 for what the gate stopped would be the best. */
  @Test
  void rolloutThatFailsTheGate_hasNoMoreThanTheLeastOfANegativeTerm() {
    policy = (updates, prompt, index) -> index == 0 ? RIGHT : SHORT;
    List<Rollout> rollouts =
        run(
                host(),
                "{model: policy, rounds: 1, problems_per_round: 1, samples: 2, reward: [{kind: ensemble, merge: mean_minus_std, c: 3, members: [{kind: process, model: judge}, {kind: overlong, max: 15, cache: 5}]}]}",
                List.of(PROBLEM))
            .rows(Tables.ROLLOUTS);
    assertThat(rollouts.get(0).reward()).isCloseTo(-3, ROUNDED);
    assertThat(rollouts.get(1).reward()).isCloseTo(-3, ROUNDED);
  }

  private static UpdatePolicyConfig config(String keys) {
    return Configs.of(UpdatePolicyConfig.class, "{model: m, rounds: 1, %s}".formatted(keys));
  }

  @ParameterizedTest
  @CsvSource({
    "outcome, true",
    "selective, true",
    "global_step, true",
    "suffix_sum, false",
    "process_supervision, false"
  })
  void redistribution_isRefusedWhereTheSumAloneIsRead(String credit, boolean refused) {
    List<ConfigMistake> mistakes =
        new UpdatePolicy()
            .check(
                config(
                    "credit: %s, reward: [{kind: process, model: m, shape: [red]}]"
                        .formatted(credit)));
    assertThat(mistakes).hasSize(refused ? 1 : 0);
    if (refused) {
      assertThat(mistakes.get(0).key()).isEqualTo("reward[0].shape[0]");
      assertThat(mistakes.get(0).message())
          .startsWith(
              "the shape 'red' spreads the reward of a rollout over its steps and leaves their sum as it is, but the credit '%s' reads the sum alone: the shape would do nothing"
                  .formatted(credit));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "advantage: grpo | [contrastive] | true",
        "advantage: rloo | [reference_gap] | true",
        "advantage: batch_std | [contrastive] | false",
        "advantage: grpo | [contrastive, {kind: renorm, outcome: reference}] | false",
        "advantage: grpo | [par] | false"
      })
  void shiftThatTheAdvantageTakesOut_isWarnedOf(String advantage, String shape, boolean warned) {
    List<ConfigMistake> warnings =
        new UpdatePolicy()
            .warnings(
                config(
                    "%s, reward: [{kind: majority, shape: %s}, {kind: reference, weight: 0}]"
                        .formatted(advantage, shape)),
                List.of());
    assertThat(warnings).hasSize(warned ? 1 : 0);
  }

  @Test
  void classifierReadElsewhereThanItWasTrained_isRefused() {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (String place : List.of("", ", label_at: separator", ", label_at: marker")) {
      mistakes.addAll(
          new UpdatePolicy()
              .mistakesBeside(
                  config(
                      "reward: [{kind: majority}, {kind: classifier, model: head%s}]"
                          .formatted(place)),
                  trained("label_at: {token: separator, text: \"\\n\"}")));
    }
    assertThat(mistakes)
        .extracting(ConfigMistake::key)
        .containsExactly("reward[1].label_at", "reward[1].label_at");
    assertThat(mistakes.get(0).message())
        .isEqualTo(
            "stage 'head' trains its head at the separator \"\\n\" after each step, but it is read here at the last token of each step, where it learnt to say nothing; write the same 'label_at' in both places");
  }

  private static Function<String, Optional<Record>> trained(String keys) {
    Record training =
        Configs.of(
            new dev.sluice.stages.reward.TrainReward().configType(),
            "{model: m, objective: {kind: prm, %s}}".formatted(keys));
    return name -> name.equals("head") ? Optional.of(training) : Optional.empty();
  }
}

package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.StageRun;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds that ask for more rollouts, and rounds that change their reference. */
class RoundRulesTest extends PolicyFixture {

  private static List<String> problemIds(StageRun run, int round) {
    return run.rows(Tables.ROLLOUTS).stream()
        .filter(rollout -> rollout.round() == round)
        .map(Rollout::problemId)
        .distinct()
        .toList();
  }

  private static List<String> ids(List<Problem> problems, int... indices) {
    return Arrays.stream(indices).mapToObj(i -> problems.get(i).problemId()).toList();
  }

  /** Problems 10 and 12 are always solved, 11 and 13 in every other rollout. */
  private void everyOtherProblemHasAGradient() {
    policy =
        (updates, prompt, index) ->
            index == 1 && (prompt.charAt(1) == '1' || prompt.charAt(1) == '3')
                ? WRONG
                : ArithmeticScripts.solve(prompt, 0);
  }

  @Test
  void refill_rollsOutFurtherProblemsUntilTheRoundHasItsGroups() {
    everyOtherProblemHasAGradient();
    List<Problem> problems = problems(8);
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 1, problems_per_round: 2, samples: 2, groups: [drop_constant, refill], reward: [{kind: reference}]}",
            problems);
    // 10 and 11: one group is left; 12: none more; 13: the second.
    assertThat(problemIds(run, 1)).isEqualTo(ids(problems, 0, 1, 2, 3));
    assertThat(models.steps().get(0).batch().stream().map(row -> new String(row.tokens(), 0, 2)))
        .containsExactly("11", "11", "13", "13");
    assertThat(run.rows(Tables.METRICS))
        .extracting("round", "name", "value")
        .contains(tuple(1, "groups/kept", 2.0), tuple(1, "groups/all", 4.0));
  }

  /** What a rule leaves is committed with the policy and found in the next round. */
  @Test
  void stateOfAGroupRule_isFoundInTheNextRound() {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : RIGHT;
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 4, problems_per_round: 1, samples: 2, groups: [alternate], reward: [{kind: reference}]}",
            List.of(PROBLEM));
    assertThat(run.rows(Tables.METRICS))
        .filteredOn(metric -> metric.name().equals("groups/kept"))
        .extracting("round", "value")
        .containsExactly(tuple(1, 1.0), tuple(2, 0.0), tuple(3, 1.0), tuple(4, 0.0));
    assertThat(models.steps()).hasSize(2);
  }

  /** The next round goes on behind the last problem of the one before. */
  @Test
  void refill_movesTheNextRoundOn() {
    everyOtherProblemHasAGradient();
    List<Problem> problems = problems(8);
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 2, problems_per_round: 2, samples: 2, groups: [drop_constant, {kind: refill, max_waves: 2}], reward: [{kind: reference}]}",
            problems);
    assertThat(problemIds(run, 1)).isEqualTo(ids(problems, 0, 1, 2));
    assertThat(problemIds(run, 2)).startsWith(problems.get(3).problemId());
  }

  /** A problem stands once in a round: the table's size is the most. */
  @Test
  void refill_endsWithTheTable() {
    policy = (updates, prompt, index) -> ArithmeticScripts.solve(prompt, 0);
    List<Problem> problems = problems(5);
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 1, problems_per_round: 2, samples: 2, groups: [drop_constant, refill], reward: [{kind: reference}]}",
            problems);
    assertThat(problemIds(run, 1)).isEqualTo(ids(problems, 0, 1, 2, 3, 4));
    assertThat(models.steps()).isEmpty();
  }

  /**
   * The reward is 0.5 in every round: round 1 is the best, after two more the policy of 3 is it.
   */
  @Test
  void plateau_makesThePolicyTheReference_andTheOptimiserFresh() {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : RIGHT;
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 5, problems_per_round: 1, samples: 2, kl: 0.1, round_rules: [{kind: plateau_reset, patience: 2}], reward: [{kind: reference}]}",
            List.of(PROBLEM));
    assertThat(models.steps()).extracting(FakeModels.Step::number).containsExactly(0, 1, 2, 0, 1);
    assertThat(run.rows(Tables.ROLLOUTS)).hasSize(10);
  }

  /**
   * Looks are before rounds 1 and 3, with rewards 0 and 1; the rounds between count for nothing.
   */
  @Test
  void plateau_ofDev_countsLooksAndNotRounds() {
    policy = (updates, prompt, index) -> index == 1 || updates == 0 ? WRONG : RIGHT;
    run(
        host(),
        "{model: policy, rounds: 4, problems_per_round: 1, samples: 2, groups: [], dev: {every: 2}, round_rules: [{kind: plateau_reset, metric: dev, patience: 1}], reward: [{kind: reference}]}",
        List.of(PROBLEM),
        List.of(PROBLEM));
    assertThat(models.steps()).extracting(FakeModels.Step::number).containsExactly(0, 1, 2, 3);
  }

  /** A problem without an attribute that the prompt shows has dead letters and no rollouts. */
  @Test
  void problemThatCannotBeAsked_isNotRolledOut() {
    policy = (updates, prompt, index) -> index == 1 ? WRONG : RIGHT;
    Problem other = dev.sluice.stages.testing.Rows.arithmetic("6+3-2");
    java.util.Map<String, String> attributes = new java.util.HashMap<>(PROBLEM.attributes());
    attributes.put("level", "2");
    Problem level =
        new Problem(
            PROBLEM.problemId(),
            PROBLEM.messages(),
            PROBLEM.referenceAnswer(),
            PROBLEM.source(),
            PROBLEM.difficulty(),
            attributes);
    StageRun run =
        run(
            host(),
            "{model: policy, rounds: 1, problems_per_round: 2, samples: 2, prompt: {template: '{{ problem }} {{ attributes.level }}'}, reward: [{kind: random}]}",
            List.of(level, other));
    assertThat(run.rows(Tables.ROLLOUTS)).hasSize(2);
    assertThat(run.rows(Tables.DEAD_LETTERS))
        .hasSize(2)
        .allMatch(letter -> letter.errorClass().equals("template") && !letter.retriable());
    assertThat(run.counts().dead()).isEqualTo(2);
  }

  @Test
  void plateau_ofAGrowingReward_resetsNothing() {
    policy = (updates, prompt, index) -> index > updates ? WRONG : RIGHT;
    run(
        host(),
        "{model: policy, rounds: 4, problems_per_round: 1, samples: 5, round_rules: [{kind: plateau_reset, patience: 1}], reward: [{kind: reference}]}",
        List.of(PROBLEM));
    assertThat(models.steps()).extracting(FakeModels.Step::number).containsExactly(0, 1, 2, 3);
  }
}

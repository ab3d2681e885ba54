package dev.sluice.methods.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.reward.SparkRewards.Merge;
import dev.sluice.methods.reward.SparkRewards.OnMismatch;
import dev.sluice.methods.reward.SparkRewards.Options;
import dev.sluice.methods.reward.SparkRewards.StepBounds;
import dev.sluice.methods.reward.SparkRewards.YRule;
import dev.sluice.methods.verification.Vote;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkRewardsTest {
  private static final StepBounds THREE = new StepBounds(3, 3);
  private static final Options OURS = Options.DEFAULT;

  private static Vote vote(String verdicts) {
    return Vote.onSteps(verdicts.chars().mapToObj(c -> c == '1').toList());
  }

  private static Vote vote(String verdicts, boolean outcome) {
    return vote(verdicts).reads(vote(verdicts).verdicts(), outcome);
  }

  private static Options script(YRule rule, StepGuard guard) {
    return new Options(rule, OnMismatch.SPARK, guard);
  }

  @Test
  void stepAugmented_weighsShareAndOutcome() {
    assertThat(SparkRewards.stepAugmented(3.0 / 5, 1)).isCloseTo(0.84, within(1e-12));
    assertThat(SparkRewards.stepAugmented(3.0 / 5, 0)).isCloseTo(0.24, within(1e-12));
  }

  @Test
  void yNeedsEveryStepUnlessTheVerdictAloneIsAsked() {
    Options verdict = new Options(YRule.VERDICT, OnMismatch.INCORRECT, StepGuard.NONE);

    assertThat(SparkRewards.judge(3, vote("111", true), THREE, OURS).y()).isEqualTo(1);
    assertThat(SparkRewards.judge(3, vote("111", false), THREE, OURS).y()).isEqualTo(0);
    assertThat(SparkRewards.judge(3, vote("101", true), THREE, OURS).y()).isEqualTo(0);
    assertThat(SparkRewards.judge(3, vote("111"), THREE, OURS).y()).isEqualTo(1);
    assertThat(SparkRewards.judge(3, vote("101", true), THREE, verdict).y()).isEqualTo(1);
    assertThat(SparkRewards.judge(3, vote("111", false), THREE, verdict).y()).isEqualTo(0);
    assertThat(SparkRewards.judge(3, vote("101"), THREE, verdict).y()).isEqualTo(1);
    assertThat(SparkRewards.judge(3, vote("110"), THREE, verdict).y()).isEqualTo(0);
  }

  @Test
  void aMismatchMakesEveryStepIncorrect() {
    StepScores wrong = new StepScores(0, 0, List.of(-1.0, -1.0, -1.0), true);

    assertThat(SparkRewards.judge(3, vote("11", true), THREE, OURS)).isEqualTo(wrong);
    assertThat(SparkRewards.judge(3, vote("1111", true), THREE, OURS)).isEqualTo(wrong);
    assertThat(SparkRewards.judge(3, Vote.UNPARSED, THREE, OURS)).isEqualTo(wrong);
    assertThat(SparkRewards.judge(3, vote("111", true), StepBounds.TAGGED, OURS)).isEqualTo(wrong);
    assertThat(StepScores.incorrect(3)).isEqualTo(new StepScores(0, 0, wrong.steps(), false));
  }

  @Test
  void theScriptZeroesStepRewardsOnAMismatch() {
    List<Double> zero = List.of(0.0, 0.0, 0.0);
    StepBounds tagged = StepBounds.TAGGED;
    Vote two = vote("11", true);
    Vote three = vote("111", true);

    for (StepGuard guard : StepGuard.values()) {
      Options options = script(YRule.VERDICT, guard);
      assertThat(SparkRewards.judge(3, two, THREE, options))
          .isEqualTo(new StepScores(1, 1, zero, true));
      assertThat(SparkRewards.judge(3, Vote.UNPARSED, THREE, options))
          .isEqualTo(new StepScores(0, 0, zero, true));
    }
    // Too few steps: design 3 loses its outcome too, design 4 its step rewards, 1 and 2 nothing.
    assertThat(SparkRewards.judge(3, three, tagged, script(YRule.VERDICT, StepGuard.OUTCOME)))
        .isEqualTo(new StepScores(0, 1, zero, true));
    assertThat(SparkRewards.judge(3, three, tagged, script(YRule.VERDICT, StepGuard.SIGNS)))
        .isEqualTo(new StepScores(1, 1, zero, true));
    assertThat(SparkRewards.judge(3, three, tagged, script(YRule.VERDICT, StepGuard.NONE)))
        .isEqualTo(new StepScores(1, 1, List.of(1.0, 1.0, 1.0), false));
  }

  @Test
  void aMismatchNeverRaisesTheReward() {
    RandomStream random = new RandomStream(7);
    for (int trial = 0; trial < 500; trial++) {
      int steps = random.nextInt(2, 6);
      List<Boolean> verdicts = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        verdicts.add(random.nextInt(3) > 0);
      }
      List<Boolean> other = new ArrayList<>(verdicts);
      if (random.nextInt(2) == 0) {
        other.remove(random.nextInt(steps));
      } else {
        other.add(true);
      }
      StepBounds bounds = new StepBounds(steps, steps);
      StepScores counted = SparkRewards.judge(steps, Vote.onSteps(verdicts), bounds, OURS);
      StepScores mismatched = SparkRewards.judge(steps, Vote.onSteps(other), bounds, OURS);
      assertThat(mismatched.y()).isLessThanOrEqualTo(counted.y());
      assertThat(SparkRewards.stepAugmented(mismatched.share(), mismatched.y()))
          .isLessThanOrEqualTo(SparkRewards.stepAugmented(counted.share(), counted.y()));
      for (int step = 0; step < steps; step++) {
        assertThat(mismatched.steps().get(step)).isLessThanOrEqualTo(counted.steps().get(step));
      }
    }
  }

  @Test
  void votesAreMergedByMeanMajorityOrAll() {
    List<Vote> votes = List.of(vote("111"), vote("110"), vote("101"), vote("111"));

    assertThat(merge(votes, Merge.MEAN))
        .isEqualTo(
            new StepScores(0.5, (1 + 2.0 / 3 + 2.0 / 3 + 1) / 4, List.of(1.0, .5, .5), false));
    assertThat(merge(votes, Merge.MAJORITY))
        .isEqualTo(new StepScores(1, 1, List.of(1.0, 1.0, 1.0), false));
    assertThat(merge(votes, Merge.ALL))
        .isEqualTo(new StepScores(0, 2.0 / 3, List.of(1.0, -1.0, -1.0), false));
    assertThatThrownBy(() -> merge(List.of(), Merge.MEAN))
        .hasMessage("A judgement needs at least one vote; there is none.");
  }

  @Test
  void inTheMajorityTiesAndUnparsedVotesCountIncorrect() {
    assertThat(merge(List.of(vote("111"), vote("110")), Merge.MAJORITY).steps())
        .containsExactly(1.0, 1.0, -1.0);
    assertThat(merge(List.of(vote("111"), Vote.UNPARSED), Merge.MAJORITY).y()).isEqualTo(0);
    assertThat(merge(Collections.nCopies(2, Vote.UNPARSED), Merge.MAJORITY))
        .isEqualTo(new StepScores(0, 0, List.of(-1.0, -1.0, -1.0), true));
    assertThat(
            merge(
                    List.of(vote("111", true), vote("111", false), vote("111", false)),
                    Merge.MAJORITY)
                .y())
        .isEqualTo(0);
  }

  private static StepScores merge(List<Vote> votes, Merge merge) {
    return SparkRewards.judge(3, votes, THREE, OURS, merge);
  }
}

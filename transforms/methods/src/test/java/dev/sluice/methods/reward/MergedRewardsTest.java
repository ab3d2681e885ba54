package dev.sluice.methods.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.reward.ClassifierReward.Value;
import dev.sluice.methods.reward.EnsembleReward.Standardise;
import dev.sluice.methods.reward.rule.JsonReward;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several numbers as one: the steps of a classifier, the members of an ensemble. */
class MergedRewardsTest {
  private static final Offset<Double> ROUNDED = within(5.1e-7);

  private static double[] numbers(String text) {
    return Stream.of(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "CORRECT, 0.9 0.7 0.8, 1",
    "CORRECT, 0.9 0.499999 0.8, 0",
    "CORRECT, 0.5, 1",
    "MIN, 0.9 0.7 0.8, 0.7",
    "PRODUCT, 0.9 0.7 0.8, 0.504",
    "LAST, 0.9 0.7 0.8, 0.8",
    "MEAN, 0.9 0.7 0.8, 0.8",
    "PRODUCT, 0.9 0, 0",
    "MEAN, 0.25, 0.25"
  })
  void classifier_mergesItsSteps(Value score, String steps, double reward) {
    List<Double> probabilities = Arrays.stream(numbers(steps)).boxed().toList();
    assertThat(ClassifierReward.reward(score, probabilities)).isCloseTo(reward, within(1e-12));
    assertThat(ClassifierReward.reward(score, List.of())).isEqualTo(0);
  }

  /** Of 1, 2, 6: squares 4, 1, 9 about the mean 3, so a deviation of sqrt(14 / 3) = 2.160247. */
  @ParameterizedTest
  @CsvSource({
    "MEAN, 1 2 6, 9, 3",
    "MEDIAN, 6 1 2, 9, 2",
    "MEDIAN, 6 1 2 3, 9, 2.5",
    "MIN, 6 1 2, 9, 1",
    "MEAN_MINUS_STD, 6 1 2, 0.5, 1.919877",
    "MEAN_MINUS_STD, 6 1 2, 0, 3",
    "MEAN_MINUS_STD, 0.3 0.3, 5, 0.3"
  })
  void ensemble_mergesItsMembers(Merge merge, String scores, double c, double merged) {
    assertThat(merge.of(numbers(scores), c)).isCloseTo(merged, ROUNDED);
  }

  /** What the gate stopped is no part of the mean, and has 0, which is the mean. */
  @Test
  void standardised_countsWhatWasScored() {
    assertThat(
            EnsembleReward.standardised(new double[] {1, 0, 3}, new boolean[] {true, false, true}))
        .containsExactly(new double[] {-0.707106, 0, 0.707106}, within(1.1e-6));
    assertThat(
            EnsembleReward.standardised(new double[] {7, 7, 3}, new boolean[] {true, true, false}))
        .containsExactly(0, 0, 0);
    assertThat(EnsembleReward.standardised(new double[] {7, 3}, new boolean[] {true, false}))
        .containsExactly(0, 0);
  }

  private static EnsembleReward ensemble(Standardise standardise, RewardTerm... members) {
    return new EnsembleReward(List.of(members), Merge.MEAN, 1, standardise);
  }

  @Test
  void memberTwice_isRefused() {
    assertThat(
            ensemble(
                    Standardise.NONE,
                    new MajorityReward(),
                    new RandomReward(0.5),
                    new MajorityReward())
                .check("reward[0]"))
        .containsExactly(
            new ConfigMistake(
                "reward[0].members[2]",
                "the member is the same as members[0], so the two never disagree; leave it out, or name another model"));
    assertThat(ensemble(Standardise.NONE, new RandomReward(0.2), new RandomReward(0.5)).check("r"))
        .isEmpty();
  }

  /** A rollout whose reward is no number becomes a dead letter, standardised or not. */
  @Test
  void standardised_leavesWhatIsNoNumber() {
    assertThat(
            EnsembleReward.standardised(
                new double[] {1, Double.NaN, 3}, new boolean[] {true, false, true}))
        .containsExactly(new double[] {-0.707106, Double.NaN, 0.707106}, within(1.1e-6));
  }

  @Test
  void formsOfTheirOwn_areOfAllMembersOrOfNone() {
    JsonReward json = new JsonReward(Map.of("type", "object"), false);
    EnsembleReward mixed = ensemble(Standardise.NONE, json, new RandomReward(0.5));
    assertThat(mixed.ownForm()).isFalse();
    assertThat(mixed.check("r")).extracting(ConfigMistake::key).containsExactly("r.members");
    EnsembleReward own =
        ensemble(Standardise.NONE, json, new JsonReward(Map.of("type", "object"), true));
    assertThat(own.ownForm()).isTrue();
    assertThat(own.check("r")).isEmpty();
  }

  @Test
  void ensemble_needsWhatItsMembersNeed() {
    EnsembleReward grounded =
        ensemble(Standardise.NONE, new ReferenceReward(), new RandomReward(0.5));
    assertThat(grounded.needs()).containsExactly(Need.REFERENCE);
    assertThat(grounded.signed()).isFalse();
    EnsembleReward relative =
        ensemble(Standardise.GROUP, new RandomReward(0.1), new RandomReward(0.5));
    assertThat(relative.needs()).containsExactly(Need.GROUP);
    assertThat(relative.signed()).isTrue();
  }
}

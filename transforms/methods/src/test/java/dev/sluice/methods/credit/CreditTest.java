package dev.sluice.methods.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.advantage.GrpoAdvantage;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CreditTest {
  private static final Offset<Double> ROUNDED = within(5.1e-7);

  /** The group of METHODS, appendix A: verdicts 111, 101, 010, 111 and rewards of designs. */
  private static final List<String> VERDICTS = List.of("111", "101", "010", "111");

  private static List<Credited> group(double... rewards) {
    double[] advantages = new GrpoAdvantage(Deviation.SAMPLE, 1e-4).of(rewards);
    List<Credited> group = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      List<Double> signs = VERDICTS.get(i).chars().mapToObj(c -> c == '1' ? 1.0 : -1.0).toList();
      group.add(new Credited(advantages[i], 3, steps(3), signs, List.of(), false));
    }
    return group;
  }

  /** Steps of one token each. */
  private static List<StepSpan> steps(int count) {
    return IntStream.range(0, count).mapToObj(k -> new StepSpan(k, k + 1)).toList();
  }

  private static void assertTokens(Credit credit, List<Credited> group, double[]... expected) {
    List<double[]> tokens = credit.tokens(group);
    assertThat(tokens).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(tokens.get(i)).containsExactly(expected[i], ROUNDED);
    }
  }

  @Test
  void design1_isTheResponsesAdvantage() {
    double a = .865875;
    List<Credited> group = group(1, 0, 0, 1);
    assertThat(group.stream().mapToDouble(Credited::advantage).toArray())
        .containsExactly(new double[] {a, -a, -a, a}, ROUNDED);
    assertTokens(new OutcomeCredit(), group, Credit.FLAT, Credit.FLAT, Credit.FLAT, Credit.FLAT);
  }

  @Test
  void design2_countsTheShareOfRightSteps() {
    List<Credited> group =
        group(
            SparkRewards.stepAugmented(1, 1),
            SparkRewards.stepAugmented(2.0 / 3, 0),
            SparkRewards.stepAugmented(1.0 / 3, 0),
            SparkRewards.stepAugmented(1, 1));
    assertThat(group.stream().mapToDouble(Credited::advantage).toArray())
        .containsExactly(new double[] {.859888, -.716574, -1.003203, .859888}, ROUNDED);
  }

  @Test
  void design3_keepsTheStepsOfTheAdvantagesSign() {
    double a = .865875;
    assertTokens(
        new SelectiveCredit(0),
        group(1, 0, 0, 1),
        new double[] {a, a, a},
        new double[] {0, -a, 0},
        new double[] {-a, 0, -a},
        new double[] {a, a, a});
    double half = -.432938;
    assertTokens(
        new SelectiveCredit(0.5),
        group(1, 0, 0, 1),
        new double[] {a, a, a},
        new double[] {half, -a, half},
        new double[] {-a, half, -a},
        new double[] {a, a, a});
  }

  /** No part of a negative advantage is stored as 0, whose bits are not those of -0. */
  @Test
  void design3_withoutOthers_writesNoNegativeZero() {
    for (double[] tokens : new SelectiveCredit(0).tokens(group(1, 0, 0, 1))) {
      assertThat(Arrays.stream(tokens).filter(a -> a == 0).mapToObj(Double::doubleToLongBits))
          .allMatch(bits -> bits == 0);
    }
  }

  @Test
  void design4_standardisesStepRewardsOverTheGroup() {
    double[] right = {1.024253, .913735, .803218};
    assertTokens(
        new GlobalStepCredit(1e-4),
        group(1, 0, 0, 1),
        right,
        new double[] {-.803218, -.913735, -.582183},
        new double[] {-1.245288, -.913735, -1.024253},
        right);
  }

  @Test
  void tokensInNoStep_keepTheAdvantageOfTheResponse() {
    Credited response =
        new Credited(
            0.5,
            6,
            List.of(new StepSpan(1, 3), new StepSpan(3, 5)),
            List.of(1.0, -1.0),
            List.of(),
            false);
    assertThat(response.placed(List.of(1.0, 2.0))).containsExactly(0.5, 1, 1, 2, 2, 0.5);
    assertThat(new SelectiveCredit(0).tokens(List.of(response, response)).get(0))
        .containsExactly(0.5, 0.5, 0.5, 0, 0, 0.5);
  }

  @Test
  void answerWithoutAVerdict_isNoStep() {
    Credited response = new Credited(0.5, 3, steps(3), List.of(-1.0, 1.0), List.of(), false);
    assertThat(new SelectiveCredit(0).tokens(List.of(response, response)).get(0))
        .containsExactly(0, 0.5, 0.5);
  }

  @Test
  void moreSignsThanSteps_areRefused() {
    assertThatThrownBy(() -> new Credited(0.5, 6, List.of(), List.of(1.0), List.of(), false))
        .hasMessage(
            "Placing 1 signs and 0 scores on the steps of a response: it has 0 steps; each needs one.");
  }

  @Test
  void oneResponse_hasNothingToBeComparedWith() {
    Credited alone = new Credited(0, 3, steps(3), List.of(1.0, -1.0, 1.0), List.of(), false);
    for (Credit credit :
        List.of(new SelectiveCredit(0), new SelectiveCredit(0.5), new GlobalStepCredit(1e-4))) {
      assertThat(credit.tokens(List.of(alone)).get(0)).containsExactly(0, 0, 0);
    }
  }

  @Test
  void oneResponse_withScores_hasNoCreditOfItsOwn() {
    Credited alone = new Credited(0, 3, steps(3), List.of(), List.of(0.9, 0.8, 0.1), false);
    for (Credit credit : List.of(new SuffixSumCredit(), new ProcessSupervisionCredit(1e-4))) {
      assertThat(credit.tokens(List.of(alone)).get(0)).containsExactly(0, 0, 0);
    }
  }

  /** Delta of (0.9, 0.7, 0.8) is (0.2, 0.7, 0), whose sums to go are (0.9, 0.7, 0). */
  @Test
  void suffixSum_addsWhatIsStillToCome() {
    Credited response =
        new Credited(
            -1,
            7,
            List.of(new StepSpan(1, 3), new StepSpan(3, 5), new StepSpan(5, 6)),
            List.of(),
            List.of(0.2, 0.7, 0.0),
            false);
    assertThat(new SuffixSumCredit().tokens(List.of(response, response)).get(0))
        .containsExactly(new double[] {-.1, -.1, -.1, -.3, -.3, -1, -1}, within(1e-12));
  }

  /** Scores (1, 0) and (0, 0): mean 0.25, deviation 0.5, so 1.5, -0.5, -0.5, -0.5. */
  @Test
  void processSupervision_standardisesScoresOverTheGroup() {
    Credited first = new Credited(0, 3, steps(2), List.of(), List.of(1.0, 0.0), false);
    Credited second = new Credited(2, 2, steps(2), List.of(), List.of(0.0, 0.0), false);
    double scale = 0.5 / (0.5 + 1e-4);
    List<double[]> tokens = new ProcessSupervisionCredit(1e-4).tokens(List.of(first, second));
    assertThat(tokens.get(0)).containsExactly(new double[] {scale, -.5 * scale, 0}, within(1e-12));
    assertThat(tokens.get(1))
        .containsExactly(new double[] {2 - scale, 2 - .5 * scale}, within(1e-12));
  }
}

package dev.sluice.methods.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.advantage.Advantages.Deviation;
import dev.sluice.methods.advantage.Advantages.Estimator;
import dev.sluice.methods.shaping.RewardShaping;
import dev.sluice.records.RandomStream;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvantagesTest {
  private static final Offset<Double> ROUNDED = within(5.1e-7);
  private static final double[] EIGHT = {1, 0, 0, 1, 0, 0, 0, 0};

  @ParameterizedTest
  @CsvSource({
    "GRPO, SAMPLE, 1e-6, 1.620182, -0.540061",
    "GRPO, SAMPLE, 1e-4, 1.619835, -0.539945",
    "GRPO, POPULATION, 1e-6, 1.732047, -0.577349",
    "DR_GRPO, SAMPLE, 0, 0.75, -0.25",
    "RLOO, SAMPLE, 0, 0.857143, -0.285714",
  })
  void ofTwoRightOfEight(
      Estimator estimator, Deviation deviation, double eps, double right, double wrong) {
    double[] advantages = Advantages.of(EIGHT, new Advantages.Options(estimator, deviation, eps));

    for (int i = 0; i < EIGHT.length; i++) {
      assertThat(advantages[i]).isCloseTo(EIGHT[i] == 1 ? right : wrong, ROUNDED);
    }
  }

  @Test
  void populationDeviationWithEpsilonOfTrl() {
    assertThat(Advantages.grpo(EIGHT, Deviation.POPULATION, 1e-4)[0]).isCloseTo(1.731651, ROUNDED);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.866025", "1e-6, 0.866024", "1e-4, 0.865875"})
  void ofTwoRightOfFour(double eps, double advantage) {
    double[] advantages = Advantages.grpo(new double[] {1, 0, 0, 1}, Deviation.SAMPLE, eps);

    assertThat(advantages[0]).isCloseTo(advantage, ROUNDED);
    assertThat(advantages[1]).isCloseTo(-advantage, ROUNDED);
  }

  @Test
  void aConstantGroupHasNoAdvantage() {
    for (Estimator estimator : Estimator.values()) {
      Advantages.Options options = new Advantages.Options(estimator, Deviation.SAMPLE, 0);
      assertThat(Advantages.of(new double[] {0.1, 0.1, 0.1}, options))
          .containsExactly(new double[] {0, 0, 0}, within(1e-15));
      assertThat(Advantages.of(new double[] {1}, options)).containsExactly(0);
      assertThat(Advantages.of(new double[] {}, options)).isEmpty();
    }
    assertThat(Advantages.isConstant(new double[] {0.1, 0.1, 0.1})).isTrue();
    assertThat(Advantages.isConstant(new double[] {1})).isTrue();
    assertThat(Advantages.isConstant(new double[] {})).isTrue();
    assertThat(Advantages.isConstant(new double[] {1, 0})).isFalse();
  }

  /** What rounding makes of equal rewards is not stretched into a signal. */
  @ParameterizedTest
  @CsvSource({
    "0.30000000000000004 0.3 0.3, true",
    "1 1.0000000009 1, true",
    "1 1.00000001 1, false",
    "-5 -5.000000004 -5, true",
    "1000000 1000000.0005, true",
    "1e-12 2e-12, false",
    "0 1e-300, false",
    "1e300 1e300, true",
    "0 -0.0 0, true",
    "0 0 0 1e-9, false"
  })
  void group_withinABillionthOfItsScale_isConstant(String group, boolean constant) {
    double[] rewards =
        Arrays.stream(group.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    assertThat(Advantages.isConstant(rewards)).isEqualTo(constant);
    for (Estimator estimator : Estimator.values()) {
      double[] advantages =
          Advantages.of(rewards, new Advantages.Options(estimator, Deviation.SAMPLE, 1e-4));
      assertThat(Arrays.stream(advantages).allMatch(a -> a == 0)).isEqualTo(constant);
    }
  }

  @Test
  void advantagesOfAGroupSumToZeroAndLeaveOutIsDrGrpoStretched() {
    RandomStream random = new RandomStream(7);
    for (int trial = 0; trial < 500; trial++) {
      double[] rewards = rewards(random);
      int size = rewards.length;
      for (Estimator estimator : Estimator.values()) {
        Advantages.Options options = new Advantages.Options(estimator, Deviation.SAMPLE, 1e-6);
        assertThat(Arrays.stream(Advantages.of(rewards, options)).sum()).isCloseTo(0, within(1e-9));
      }
      double[] centred = Advantages.drGrpo(rewards);
      double[] left = Advantages.rloo(rewards);
      for (int i = 0; i < size; i++) {
        assertThat(left[i]).isCloseTo(centred[i] * size / (size - 1), within(1e-12));
      }
    }
  }

  @Test
  void grpoDoesNotFeelShiftAndScale() {
    RandomStream random = new RandomStream(8);
    for (int trial = 0; trial < 500; trial++) {
      double[] rewards = rewards(random);
      double scale = 0.1 + 5 * random.nextDouble();
      double shift = random.nextGaussian();
      double[] changed = Arrays.stream(rewards).map(r -> scale * r + shift).toArray();
      double[] reNormed = Arrays.stream(rewards).map(r -> RewardShaping.reNorm(r, 0.5)).toArray();
      double[] plain = Advantages.grpo(rewards, Deviation.SAMPLE, 0);
      assertThat(Advantages.grpo(changed, Deviation.SAMPLE, 0))
          .containsExactly(plain, within(1e-9));
      assertThat(Advantages.grpo(reNormed, Deviation.SAMPLE, 0))
          .containsExactly(plain, within(1e-9));
    }
  }

  @Test
  void permutingAGroupPermutesItsAdvantages() {
    double[] forth = Advantages.grpo(new double[] {3, 1, 2}, Deviation.SAMPLE, 1e-6);
    double[] back = Advantages.grpo(new double[] {2, 1, 3}, Deviation.SAMPLE, 1e-6);

    assertThat(back).containsExactly(new double[] {forth[2], forth[1], forth[0]}, within(1e-12));
  }

  private static double[] rewards(RandomStream random) {
    double[] rewards = new double[random.nextInt(2, 16)];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = random.nextGaussian();
    }
    return rewards;
  }
}

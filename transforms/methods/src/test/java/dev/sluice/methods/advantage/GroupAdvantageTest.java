package dev.sluice.methods.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.records.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupAdvantageTest {
  private static final Offset<Double> ROUNDED = within(5.1e-7);
  private static final double[] EIGHT = {1, 0, 0, 1, 0, 0, 0, 0};

  private static List<GroupAdvantage> estimators(double epsilon) {
    return List.of(grpo(Deviation.SAMPLE, epsilon), new DrGrpoAdvantage(), new RlooAdvantage());
  }

  private static GroupAdvantage grpo(Deviation deviation, double epsilon) {
    return new GrpoAdvantage(deviation, epsilon);
  }

  @ParameterizedTest
  @CsvSource({
    "SAMPLE, 1e-6, 1.620182, -0.540061",
    "SAMPLE, 1e-4, 1.619835, -0.539945",
    "POPULATION, 1e-6, 1.732047, -0.577349",
  })
  void grpo_ofTwoRightOfEight(Deviation deviation, double eps, double right, double wrong) {
    assertEight(grpo(deviation, eps), right, wrong);
  }

  @Test
  void centredAndLeaveOneOut_ofTwoRightOfEight() {
    assertEight(new DrGrpoAdvantage(), 0.75, -0.25);
    assertEight(new RlooAdvantage(), 0.857143, -0.285714);
  }

  private static void assertEight(GroupAdvantage estimator, double right, double wrong) {
    double[] advantages = estimator.of(EIGHT);
    for (int i = 0; i < EIGHT.length; i++) {
      assertThat(advantages[i]).isCloseTo(EIGHT[i] == 1 ? right : wrong, ROUNDED);
    }
  }

  @Test
  void populationDeviationWithEpsilonOfTrl() {
    assertThat(grpo(Deviation.POPULATION, 1e-4).of(EIGHT)[0]).isCloseTo(1.731651, ROUNDED);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.866025", "1e-6, 0.866024", "1e-4, 0.865875"})
  void ofTwoRightOfFour(double eps, double advantage) {
    double[] advantages = grpo(Deviation.SAMPLE, eps).of(new double[] {1, 0, 0, 1});

    assertThat(advantages[0]).isCloseTo(advantage, ROUNDED);
    assertThat(advantages[1]).isCloseTo(-advantage, ROUNDED);
  }

  @Test
  void aConstantGroupHasNoAdvantage() {
    for (GroupAdvantage estimator : estimators(0)) {
      assertThat(estimator.of(new double[] {0.1, 0.1, 0.1})).containsExactly(0, 0, 0);
      assertThat(estimator.of(new double[] {1})).containsExactly(0);
      assertThat(estimator.of(new double[] {})).isEmpty();
    }
    assertThat(Rewards.isConstant(new double[] {0.1, 0.1, 0.1})).isTrue();
    assertThat(Rewards.isConstant(new double[] {1})).isTrue();
    assertThat(Rewards.isConstant(new double[] {})).isTrue();
    assertThat(Rewards.isConstant(new double[] {1, 0})).isFalse();
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
    assertThat(Rewards.isConstant(rewards)).isEqualTo(constant);
    for (GroupAdvantage estimator : estimators(1e-4)) {
      double[] advantages = estimator.of(rewards);
      assertThat(Arrays.stream(advantages).allMatch(a -> a == 0)).isEqualTo(constant);
    }
  }

  @Test
  void advantagesOfAGroupSumToZeroAndLeaveOutIsDrGrpoStretched() {
    RandomStream random = new RandomStream(7);
    for (int trial = 0; trial < 500; trial++) {
      double[] rewards = rewards(random);
      int size = rewards.length;
      for (GroupAdvantage estimator : estimators(1e-6)) {
        assertThat(Arrays.stream(estimator.of(rewards)).sum()).isCloseTo(0, within(1e-9));
      }
      double[] centred = new DrGrpoAdvantage().of(rewards);
      double[] left = new RlooAdvantage().of(rewards);
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
      GroupAdvantage grpo = grpo(Deviation.SAMPLE, 0);
      assertThat(grpo.of(changed)).containsExactly(grpo.of(rewards), within(1e-9));
    }
  }

  @Test
  void permutingAGroupPermutesItsAdvantages() {
    double[] forth = grpo(Deviation.SAMPLE, 1e-6).of(new double[] {3, 1, 2});
    double[] back = grpo(Deviation.SAMPLE, 1e-6).of(new double[] {2, 1, 3});

    assertThat(back).containsExactly(new double[] {forth[2], forth[1], forth[0]}, within(1e-12));
  }

  /** TRL's scale_rewards 'batch': torch.std of (1, 0, 0.5, 0.5, 1) is 0.418330. */
  @Test
  void batchDeviation_dividesByThatOfTheRound() {
    List<double[]> advantages =
        new BatchDeviationAdvantage(1e-4)
            .of(List.of(new double[] {1, 0}, new double[] {0.5, 0.5}, new double[] {1}));

    double unit = 0.5 / (0.4183300132670378 + 1e-4);
    assertThat(advantages.get(0)).containsExactly(new double[] {unit, -unit}, within(1e-12));
    assertThat(advantages.get(1)).containsExactly(0, 0);
    assertThat(advantages.get(2)).containsExactly(0);
  }

  private static double[] rewards(RandomStream random) {
    double[] rewards = new double[random.nextInt(2, 16)];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = random.nextGaussian();
    }
    return rewards;
  }
}

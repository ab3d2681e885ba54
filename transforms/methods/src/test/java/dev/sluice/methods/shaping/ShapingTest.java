package dev.sluice.methods.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.records.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapingTest {
  private static final Offset<Double> ROUNDED = within(5.1e-7);
  private static final Offset<Double> EXACT = within(1e-12);
  private static final List<Double> SCORES = List.of(0.9, 0.7, 0.8);

  private static double[] values(double... values) {
    return values;
  }

  /** The last step is left to the success reward; the one before it keeps its score. */
  @ParameterizedTest
  @CsvSource({
    "0.9 0.7 0.8, 0.2 0.7 0",
    "0.5, 0",
    "0.5 0.25, 0.5 0",
    "0.1 0.9, 0.1 0",
    "1 1 1 1, 0 0 1 0",
    "0 1 0 1 0.5, -1 1 -1 1 0",
    "0.2 0.4 0.8 0.6, -0.2 -0.4 0.8 0"
  })
  void delta(String scores, String rewards) {
    assertThat(array(DeltaShaping.differences(list(numbers(scores)))))
        .containsExactly(numbers(rewards), EXACT);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] suffixSums(List<Double> rewards) {
    double[] sums = array(rewards);
    for (int k = sums.length - 2; k >= 0; k--) {
      sums[k] += sums[k + 1];
    }
    return sums;
  }

  private static double[] numbers(String text) {
    return Stream.of(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void delta_ofAnyScores_sumsToTheScoreOfEveryStepButTheLast() {
    assertThat(DeltaShaping.differences(List.of())).isEmpty();
    RandomStream random = new RandomStream(7);
    for (int trial = 0; trial < 300; trial++) {
      double[] scores = new double[random.nextInt(1, 12)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextDouble();
      }
      double[] sums = suffixSums(DeltaShaping.differences(list(scores)));
      scores[scores.length - 1] = 0;
      assertThat(sums).containsExactly(scores, EXACT);
    }
  }

  @Test
  void clipThenDelta() {
    List<Double> clipped = ClipShaping.clipped(SCORES, 0.75);
    List<Double> both = DeltaShaping.differences(clipped);

    assertThat(array(clipped)).containsExactly(values(0, -0.05, 0), EXACT);
    assertThat(array(both)).containsExactly(values(0.05, -0.05, 0), EXACT);
    assertThat(suffixSums(both)).containsExactly(values(0, -0.05, 0), EXACT);
  }

  /** METHODS 3.15: the sum is R(x, y) - R(x, empty), and R(x, y) - beta R(x, empty) of a mix. */
  @Test
  void red_ofAnyScores_sumsToTheLastLessThatOfTheEmptyResponse() {
    assertThat(RedShaping.redistributed(List.of(), 1, 0.3)).isEmpty();
    RandomStream random = new RandomStream(11);
    for (int trial = 0; trial < 300; trial++) {
      double[] scores = new double[random.nextInt(1, 12)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = 2 * random.nextDouble() - 1;
      }
      double beta = trial % 3 == 0 ? 1 : random.nextDouble();
      double empty = random.nextDouble();
      double[] rewards = array(RedShaping.redistributed(list(scores), beta, empty));
      double last = scores[scores.length - 1];
      assertThat(Arrays.stream(rewards).sum()).isCloseTo(last - beta * empty, EXACT);
      // To go: what is still to be won, so that the first step has the whole.
      double toGo = 0;
      for (int k = rewards.length - 1; k > 0; k--) {
        toGo += rewards[k];
        assertThat(toGo).isCloseTo(last - beta * scores[k - 1], EXACT);
      }
    }
  }

  @Test
  void par() {
    assertThat(ParShaping.preference(2, values(1, 0, 3), 1)).isCloseTo(0.626932, ROUNDED);
  }

  @ParameterizedTest
  @CsvSource({"0.8, 1, 0.8", "0.8, 0, -0.2"})
  void reNorm(double process, double outcome, double reward) {
    assertThat(ReNormShaping.normed(process, outcome)).isCloseTo(reward, EXACT);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 0.731059", "2, 0, -0.268941", "-2, 1, 0.268941", "-2, 0, -0.731059"})
  void qwenMath(double model, double verified, double reward) {
    assertThat(QwenMathShaping.shaped(model, verified, 0.5)).isCloseTo(reward, ROUNDED);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.3", "500, 0.110364", "1500, 0.014936"})
  void trustWeight(int step, double weight) {
    assertThat(new TrustShaping("reference", 0.3, 500, 0.2).weight(step))
        .isCloseTo(weight, ROUNDED);
  }

  @Test
  void trustFallsWhereWrongResponsesThinkBetter() {
    assertThat(TrustShaping.gamma(0.7, 0.7)).isEqualTo(1);
    assertThat(TrustShaping.gamma(0.2, 0.7)).isCloseTo(Math.exp(-0.5), EXACT);
  }
}

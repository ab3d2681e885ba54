package dev.sluice.stages.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

  /** Worked out from the formula by another program. */
  @ParameterizedTest
  @CsvSource({
    "165, 183, 0.849889, 0.936874",
    "5, 10, 0.236593, 0.763407",
    "0, 10, 0, 0.277533",
    "10, 10, 0.722467, 1",
    "0, 0, 0, 1",
  })
  void wilson(int successes, int trials, double low, double high) {
    Interval interval = Interval.wilson(successes, trials);

    assertThat(interval.low()).isCloseTo(low, within(5.1e-7));
    assertThat(interval.high()).isCloseTo(high, within(5.1e-7));
  }

  @Test
  void bootstrapOfAShareIsNearWilson() {
    double[] values = IntStream.range(0, 400).mapToDouble(i -> i < 280 ? 1 : 0).toArray();

    Interval interval = Bootstrap.ofMean(values, 7);

    assertThat(interval).isEqualTo(Bootstrap.ofMean(values, 7));
    assertThat(interval).isNotEqualTo(Bootstrap.ofMean(values, 8));
    assertThat(interval.low()).isCloseTo(Interval.wilson(280, 400).low(), within(0.01));
    assertThat(interval.high()).isCloseTo(Interval.wilson(280, 400).high(), within(0.01));
  }

  @Test
  void aPairedDifferenceIsTighterThanItsSides() {
    double[] hard = IntStream.range(0, 200).mapToDouble(i -> i % 2).toArray();
    double[] shifted = Arrays.stream(hard).map(value -> value + 0.1).toArray();

    Interval interval = Bootstrap.ofDifference(shifted, hard, 7);

    assertThat(interval.low()).isCloseTo(0.1, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void aConstantHasNoWidth() {
    assertThat(Bootstrap.ofMean(new double[] {0.25, 0.25}, 7)).isEqualTo(new Interval(0.25, 0.25));
  }

  @Test
  void drawsEveryTimeAsManyProblemsAsThereAre() {
    Interval draws = Bootstrap.interval(17, 7, counts -> Arrays.stream(counts).sum());

    assertThat(draws).isEqualTo(new Interval(17, 17));
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> Bootstrap.ofMean(new double[0], 7))
        .hasMessage("A bootstrap draws from at least 1 problem, not from 0.");
    assertThatThrownBy(() -> Bootstrap.ofDifference(new double[2], new double[3], 7))
        .hasMessage(
            "A paired difference needs the same problems on both sides: there are 2 and 3 values.");
  }
}

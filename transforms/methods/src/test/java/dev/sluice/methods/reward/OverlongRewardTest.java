package dev.sluice.methods.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlongRewardTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @ParameterizedTest
  @CsvSource({"100, 0", "16384, 0", "18432, -0.5", "20480, -1", "22528, -1", "1000000, -1"})
  void penalty_asInThePaper(int tokens, double penalty) {
    assertThat(OverlongReward.penalty(tokens, 20480, 4096)).isCloseTo(penalty, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 10, 0, 0",
    "10, 10, 0, 0",
    "11, 10, 0, -1",
    "9, 10, 4, -0.75",
    "6, 10, 4, 0",
    "5, 10, 20, -0.75",
    "2147483647, 2147483647, 1, -1"
  })
  void penalty_withAnyZone_isBetweenMinusOneAndZero(int tokens, int max, int cache, double value) {
    assertThat(OverlongReward.penalty(tokens, max, cache)).isCloseTo(value, EXACT);
  }

  @ParameterizedTest
  @CsvSource({"10, 4, 0", "10, 10, 0", "10, 11, 1"})
  void zoneBeyondTheLongestResponse_isAMistake(int max, int cache, int mistakes) {
    assertThat(new OverlongReward(max, cache).check("reward[0]")).hasSize(mistakes);
  }
}

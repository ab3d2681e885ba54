package dev.sluice.methods.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.group.RolloutGroup.RolloutSummary;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepPassRateTest {

  private static RolloutGroup group(int passed, int size) {
    return new RolloutGroup(
        "p",
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    new RolloutSummary(
                        "r" + i, Map.of(), i < passed ? 1 : 0, true, 10, false, false))
            .toList());
  }

  /** The three presets, at and beside their bounds. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, false, 8, 0 8",
    "0.25, 0.625, true, 8, 0 1 6 7 8",
    "0.2, 0.8, true, 5, 0 5",
    "0.2, 0.8, true, 10, 0 1 9 10",
    "0.2, 0.8, false, 10, 0 1 2 8 9 10",
    "0, 1, true, 4, ''",
    "0.3, 0.3, true, 10, 0 1 2 4 5 6 7 8 9 10",
    "0.333333, 0.333334, true, 3, 0 2 3"
  })
  void groups_outOfBounds_areDropped(
      double min, double max, boolean inclusive, int size, String dropped) {
    KeepPassRate rule = new KeepPassRate(min, max, inclusive, null, 0.5);
    assertThat(
            String.join(
                " ",
                IntStream.rangeClosed(0, size)
                    .filter(passed -> !rule.keeps(group(passed, size)))
                    .mapToObj(String::valueOf)
                    .toList()))
        .isEqualTo(dropped);
    assertThat(rule.check("groups[0]", size)).isEmpty();
  }

  @Test
  void boundsThatNoGroupMeets_areRefused() {
    assertThat(new KeepPassRate(0.3, 0.4, true, null, 0.5).check("groups[0]", 4))
        .extracting("key", "message")
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "groups[0]",
                "no number of successes among 4 rollouts gives a pass rate between 0.3 and 0.4 (bounds included), so every group is dropped; widen the bounds, set 'inclusive: true' or raise 'samples'"));
    assertThat(new KeepPassRate(0.5, 0.5, false, null, 0.5).check("k", 8)).hasSize(1);
    assertThat(new KeepPassRate(0.8, 0.2, true, null, 0.5).check("k", 8)).hasSize(1);
  }

  @Test
  void maskedRollouts_countInTheRate() {
    RolloutGroup group = group(1, 2);
    RolloutGroup masked = group.masking(each -> each.reward() == 0);
    assertThat(new KeepPassRate(0, 1, false, null, 0.5).keeps(masked)).isTrue();
    assertThat(masked.members()).extracting(RolloutSummary::masked).containsExactly(false, true);
    assertThat(List.of(masked.rewards()[0], masked.rewards()[1])).containsExactly(1.0, 0.0);
  }
}

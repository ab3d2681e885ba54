package dev.sluice.methods.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTaskTest {
  private static final TaskFormat ARITHMETIC = new ArithmeticTask();

  @Test
  void voteOnEveryLineCounts() {
    assertThat(ARITHMETIC.verdicts("a 27y 19n 57y y", 4))
        .contains(List.of(true, false, true, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 27y 19y 57y", "a 27y 19y 57y y y", "d", ""})
  void voteOnAnotherNumberOfLinesIsNone(String reply) {
    assertThat(ARITHMETIC.verdicts(reply, 4)).isEmpty();
  }
}

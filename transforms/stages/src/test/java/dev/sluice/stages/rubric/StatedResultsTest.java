package dev.sluice.stages.rubric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatedResultsTest {
  @Test
  void lastComputedIsTheResultOfTheLastEquation() {
    assertThat(StatedResults.lastComputed(List.of("7*9=63", "63+2=65", "#65"))).contains("65");
    assertThat(StatedResults.lastComputed(List.of("16-3 = <<16-3=13>>13 eggs", "So 1,300.")))
        .contains("13");
    assertThat(StatedResults.lastComputed(List.of("Thirteen eggs.", "Answer: 13"))).isEmpty();
    assertThat(StatedResults.lastComputed(List.of())).isEmpty();
  }
}

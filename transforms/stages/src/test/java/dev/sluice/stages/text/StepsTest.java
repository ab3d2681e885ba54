package dev.sluice.stages.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.StepSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {

  @Test
  void everyLineThatIsNotBlankIsAStep() {
    String solution = "\nShe has 16 - 3 = 13 left. \r\n\n  She sells them.\nA: 18\n";

    assertThat(Steps.splitLines(solution))
        .containsExactly("She has 16 - 3 = 13 left.", "She sells them.", "A: 18");
    assertThat(Steps.starts(solution)).containsExactly(1, 30, 48);
    assertThat(Steps.splitLines(" \n ")).isEmpty();
    assertThat(Steps.starts("")).isEmpty();
  }

  @Test
  void aStepHoldsItsSeparatorAndTheLastTheEndOfText() {
    assertThat(Steps.spans(List.of("1", "+", "2", "\n", "#", "3", ""), List.of(0, 4)))
        .containsExactly(new StepSpan(0, 4), new StepSpan(4, 7));
  }

  @Test
  void aTokenAcrossABorderBelongsToTheStepItBeginsIn() {
    assertThat(Steps.spans(List.of("\n\n", "a b", ".\nc", " d", "\ne"), List.of(2, 7, 11)))
        .containsExactly(new StepSpan(1, 3), new StepSpan(3, 5), new StepSpan(5, 5));
    assertThat(Steps.spans(List.of("\n", "\na", "b"), List.of(2)))
        .containsExactly(new StepSpan(1, 3));
  }

  @Test
  void withoutStepsThereAreNoSpans() {
    assertThat(Steps.spans(List.of(""), List.of())).isEmpty();
  }
}

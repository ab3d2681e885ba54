package dev.sluice.methods.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.TokenSpans;
import dev.sluice.records.StepSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {

  @Test
  void everyLineThatIsNotBlankIsAStep() {
    String solution = "\nShe has 16 - 3 = 13 left. \r\n\n  She sells them.\nA: 18\n";

    assertThat(Steps.split(solution))
        .containsExactly("She has 16 - 3 = 13 left.", "She sells them.", "A: 18");
    assertThat(Steps.starts(solution)).containsExactly(1, 30, 48);
    assertThat(Steps.split(" \n ")).isEmpty();
    assertThat(Steps.starts("")).isEmpty();
  }

  @Test
  void numberedStepsMayHaveSeveralLines() {
    String solution =
        "Let us see.\n## Step 1: Eggs\n16 - 3 = 13\n\n**Step 2:** Money\n13 * 2 = 26\n**Answer:** 26\n";
    assertThat(Steps.split(solution))
        .containsExactly(
            "## Step 1: Eggs\n16 - 3 = 13", "**Step 2:** Money\n13 * 2 = 26", "**Answer:** 26");
    assertThat(Steps.starts(solution)).containsExactly(12, 41, 71);
    assertThat(Steps.split("Step 1: one\nStep 2: two\n#### 2"))
        .containsExactly("Step 1: one", "Step 2: two", "#### 2");
    assertThat(Steps.split("Step 2: no first\nwhy")).containsExactly("Step 2: no first", "why");
  }

  @Test
  void taggedStepsAreWhatTheTagsHold() {
    String solution =
        "<think>Hm.\n<step>1+2=3</step>\n<step>3*2=6</think><answer>\\boxed{6}</answer>";
    assertThat(Steps.split(solution)).containsExactly("1+2=3", "3*2=6", "\\boxed{6}");
    assertThat(Steps.starts(solution)).containsExactly(17, 36, 57);
    assertThat(Steps.split("<plan>\nAdd.\n</plan>\n<answer>6</answer>"))
        .containsExactly("Add.", "<answer>6</answer>");
  }

  @Test
  void aStepHoldsItsSeparatorAndTheLastTheEndOfText() {
    assertThat(Steps.spans(pieces("1", "+", "2", "\n", "#", "3", ""), List.of(0, 4)))
        .containsExactly(new StepSpan(0, 4), new StepSpan(4, 7));
  }

  @Test
  void aTokenAcrossABorderBelongsToTheStepItBeginsIn() {
    assertThat(Steps.spans(pieces("\n\n", "a b", ".\nc", " d", "\ne"), List.of(2, 7, 11)))
        .containsExactly(new StepSpan(1, 3), new StepSpan(3, 5), new StepSpan(5, 5));
    assertThat(Steps.spans(pieces("\n", "\na", "b"), List.of(2)))
        .containsExactly(new StepSpan(1, 3));
  }

  @Test
  void withoutStepsThereAreNoSpans() {
    assertThat(Steps.spans(pieces(""), List.of())).isEmpty();
  }

  private static TokenSpans pieces(String... pieces) {
    return TokenSpans.ofPieces(List.of(pieces));
  }

  /** The bytes of an emoji share its place, and a stop text may follow the completion's text. */
  @Test
  void tokensOfOneCharacterBelongToItsStep() {
    TokenSpans tokens =
        new TokenSpans(new int[] {0, 1, 2, 2, 2, 4, 5}, new int[] {1, 2, 4, 4, 4, 5, 5});
    assertThat(Steps.spans(tokens, List.of(0, 2)))
        .containsExactly(new StepSpan(0, 2), new StepSpan(2, 7));
    assertThat(Steps.spans(tokens, List.of(3, 5)))
        .containsExactly(new StepSpan(2, 6), new StepSpan(6, 7));
  }
}

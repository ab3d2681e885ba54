package dev.sluice.methods.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTaskTest {
  private static final TextTask TEXT = new TextTask();

  @Test
  void readsVerdictsOfAnalyses() {
    String reply =
        """
        <think>## Step 1: **This step is incorrect.**</think>
        ## Step 1: A correct approach
        The student is correct in adding. Incorrect units would not matter.
        **This step is incorrect.**
        **Step 2:** of the sum
        Step 3 is not judged here. **This step is correct.**

        **Verification: Is the answer correct (Yes/No)? No**
        """;
    assertThat(TEXT.verdicts(reply, 2)).contains(List.of(false, true));
    assertThat(TEXT.verdicts(reply, 3)).isEmpty();
    assertThat(TEXT.finalVerdict(reply)).contains(false);
  }

  @Test
  void stepWithoutAVerdictDoesNotBorrowTheNextOnes() {
    String reply = "## Step 1: says nothing\n## Step 2: x\n**This step is correct.**";
    assertThat(TEXT.verdicts(reply, 1)).isEmpty();
    assertThat(TEXT.verdicts(reply, 2)).isEmpty();
  }

  @Test
  void readsWhatItRenders() {
    for (List<Boolean> verdicts : List.of(List.of(true), List.of(true, false, true))) {
      String text = TEXT.renderVerdicts(verdicts);
      assertThat(TEXT.verdicts(text, verdicts.size())).contains(verdicts);
      assertThat(TEXT.finalVerdict(text)).contains(!verdicts.contains(false));
    }
    assertThat(TEXT.verdicts("Step 2: Correct\nStep 1: Correct", 2)).isEmpty();
    assertThat(TEXT.verdicts("", 0)).isEmpty();
    assertThat(TEXT.finalVerdict("Step 1: Correct")).isEmpty();
    assertThat(new ArithmeticTask().finalVerdict("a y y")).isEmpty();
  }

  @Test
  void lastFinalVerdictCounts() {
    assertThat(
            TEXT.finalVerdict(
                "Is the answer correct? Yes\n"
                    + "On reflection, is the answer correct (Yes/No)? **No**"))
        .contains(false);
  }
}

package dev.sluice.methods.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenVerdictsTest {

  /** {@code yn} for a right step and a wrong one; empty if the reply is no vote. */
  private static String read(String reply) {
    List<String> letters = new ArrayList<>();
    new TextTask().verdicts(reply).ifPresent(all -> all.forEach(v -> letters.add(v ? "y" : "n")));
    return String.join("", letters);
  }

  @Test
  void aVerdictThatIsWeighed_yieldsToTheOneThatIsGiven() {
    assertThat(
            read(
                """
                ## Step 1: Sum
                One could say **This step is incorrect.**, but 3+4 is 7.
                **This step is correct.**
                ## Step 2: Product
                Is it so that **This step is correct.**? 7*2 is 15, it says. **This step is incorrect.**
                **Verification: Is the answer correct (Yes/No)? No**"""))
        .isEqualTo("yn");
    assertThat(
            read(
                "Step 1: the sum. **This step is incorrect.** Wait: **This step is correct.**\nStep 2: Correct"))
        .isEqualTo("yy");
    assertThat(read("Step 1: Correct\nOn reflection:\nVerdict: Incorrect")).isEqualTo("n");
    assertThat(read("Step 1: Correct\nStep 2: Correct\n\nSummary:\nStep 1: Correct\nStep 2: Wrong"))
        .isEqualTo("yn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Step 1: Correct\nStep 2: Incorrect",
        "Step 1: Correct.\r\nStep 2: incorrect.\r\n",
        "**Step 1**: correct\n**Step 2**: incorrect",
        "**Step 1:** Correct\n**Step 2:** **Incorrect**",
        "__Step 1__: correct\n__Step 2__: not correct",
        "Step 1 is correct.\nStep 2 is incorrect.",
        "- **Step 1** is **correct**\n- **Step 2** is **incorrect**",
        "Step 1 - Correct\nStep 2 - Incorrect",
        "Step 1 – Right\nStep 2 — Wrong",
        "Step 1 (Correct)\nStep 2 (Incorrect)",
        "Step 1. Correct\nStep 2. Incorrect",
        "### Step 1 - Eggs\n16-3=13.\n**This step is correct.**\n### Step 2 - Money\n**This step is incorrect.**",
        "## Step 1\nFine.\nThis step is correct.\n## Step 2\nNo.\nThis step is incorrect.",
        "## Step 1: Sum\n2+2=4\nVerdict: Correct\n## Step 2: Answer\nVerdict: **Incorrect**",
        "## Step 1: Sum\nso\n\\boxed{Correct}\n## Step 2: Answer\n$\\boxed{\\text{Incorrect}}$",
        "Step 1: \\boxed{Correct}\nStep 2: \\boxed{Incorrect}",
        "Step 1: \\(\\boxed{\\text{Correct}}\\)\nStep 2: $$\\boxed{Incorrect}$$",
        "Step 1: ✅\nStep 2: ❌",
        "1. Correct\n2. Incorrect",
        "1) **Correct**\n2) **Incorrect**",
        "| Step | Verdict |\n|---|---|\n| 1 | Correct |\n| 2 | Incorrect |",
        "| Step 1 | 2+2=4 | ✅ |\n| Step 2 | 4+1=6 | ❌ |",
        "```json\n[{\"step\": 1, \"correct\": true}, {\"step\": 2, \"correct\": false}]\n```",
        "[{\"verdict\": \"Correct\", \"step\": \"1\"}, {\"step\": 2, \"why\": \"no\", \"verdict\": \"incorrect\"}]",
        "<think>Step 1: Incorrect</think>Step 1: Correct\nStep 2: Incorrect"
      })
  void everyUsualSpelling_isRead(String reply) {
    assertThat(read(reply)).isEqualTo("yn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "The steps are correct.",
        "Steps 1 and 2: correct",
        "Step 1 is correct because 2+2=4.",
        "Step 1: correct in form but not in value",
        "Step 1: If this step is correct, then so is the next.",
        "Step 2: Correct\nStep 1: Correct",
        "Step 1: Correct\nStep 3: Correct",
        "Step 0: Correct\nStep 1: Correct",
        "1. Correct the sum\n2. Incorrect sums are bad",
        "[true, false]",
        "Is the answer correct (Yes/No)? Yes",
        "Overall verdict: Correct"
      })
  void whatIsNoVote_isNone(String reply) {
    assertThat(read(reply)).isEmpty();
  }

  @Test
  void aVerdictOnTheWhole_isNotThatOfTheLastStep() {
    String steps =
        "## Step 1: a\n**This step is correct.**\n## Step 2: b\n**This step is correct.**\n";
    for (String whole :
        List.of(
            "Overall verdict: Incorrect",
            "Final verdict:\nIncorrect",
            "**Verification: Is the answer correct (Yes/No)? No**",
            "Summary\n\\boxed{Incorrect}",
            "The answer is \\boxed{Incorrect}")) {
      assertThat(read(steps + whole)).as(whole).isEqualTo("yy");
    }
  }

  @Test
  void aLineAboutAnotherStep_beginsNoPart() {
    assertThat(
            read(
                """
                Step 1: a
                **This step is correct.**
                Step 2: b
                Step 1 - as we saw - gives 4.
                Step 1 is used here.
                Overall, the sum is wrong.
                **This step is incorrect.**"""))
        .isEqualTo("yn");
  }

  @Test
  void aSolutionThatIsWrittenAfterwards_changesNothing() {
    assertThat(
            read(
                "Step 1: Correct\nStep 2: Incorrect\n\nIt should be:\nStep 1: 2+2=4\nStep 2: 4*2=8"))
        .isEqualTo("yn");
  }

  @Test
  void longRulesAndRows_areReadInOneGo() {
    String rule = "-".repeat(100_000);
    assertThat(read("Step 1: Correct\n" + rule + "\nStep 2 " + rule + " Incorrect"))
        .isEqualTo("yn");
    assertThat(
            read(
                "| 1 |" + " |".repeat(10_000) + " x |\n| 1 |" + "-|".repeat(10_000) + " Correct |"))
        .isEqualTo("y");
    assertThat(read("Step 1: verdict " + rule)).isEmpty();
  }
}

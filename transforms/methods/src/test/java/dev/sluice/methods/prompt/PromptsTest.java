package dev.sluice.methods.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.task.TextTask;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PromptsTest {
  private static final Problem PROBLEM = problem("How much is 2 and\n 3?", "text");
  private static final TextTask TEXT = new TextTask();

  @ParameterizedTest
  @EnumSource(value = SolveFamily.class, mode = EnumSource.Mode.EXCLUDE, names = "TASK")
  void whatAnExampleShowsIsReadBack(SolveFamily family) {
    for (Worked worked : Worked.SOLVED) {
      String text = family.render(worked);
      assertThat(TEXT.gate(PROBLEM, text, true)).isTrue();
      assertThat(TEXT.answer(PROBLEM, text)).contains(worked.answer());
      assertThat(TEXT.steps(text)).hasSize(worked.steps().size() + 1);
      assertThat(TEXT.appended(text)).isFalse();
      assertThat(text).doesNotContain("\n\n");
    }
  }

  @ParameterizedTest
  @EnumSource(value = JudgeFamily.class, mode = EnumSource.Mode.EXCLUDE, names = "TASK")
  void theVerdictOfAnExampleIsReadBack(JudgeFamily family) {
    for (Worked worked : Worked.JUDGED) {
      String text = family.render(worked);
      assertThat(text).doesNotContain("\n\n");
      int lines = worked.lines().size();
      if (family.asksForSteps()) {
        List<Boolean> expected =
            worked.right() ? List.of(true, true, true) : List.of(true, false, false, false);
        assertThat(family.verdicts(text, lines)).contains(expected);
        // One that ends at the first error says nothing of how many steps there are.
        if (!family.endsAtFirstError() || (family != JudgeFamily.PROCESS_BENCH && worked.right())) {
          assertThat(family.verdicts(text, lines + 1)).isEmpty();
        }
      } else {
        assertThat(family.outcome(text)).contains(worked.right());
      }
    }
  }

  @Test
  void theFewShotFormIsPlainTextThatEndsWhereTheModelGoesOn() {
    String prompt = new SolvePrompt(SolveFamily.STEPS, Form.FEW_SHOT).text(PROBLEM);
    assertThat(prompt)
        .startsWith("Question: A baker puts 6 rolls into a bag.")
        .contains(
            "How many rolls did she bake?\nStep 1: 4 bags of 6 rolls hold 4 * 6 = 24 rolls.\nStep 2: With the 3 that are left she baked 24 + 3 = 27 rolls.\nAnswer: 27\n\nQuestion: ")
        .endsWith("\n\nQuestion: How much is 2 and 3?\n");
    assertThat(new SolvePrompt(SolveFamily.STEPS, Form.FEW_SHOT).stop(List.of("x", "\n\n")))
        .containsExactly("x", "\n\n", "\nQuestion:");
    assertThat(new SolvePrompt(SolveFamily.STEPS, Form.CHAT).stop(List.of())).isEmpty();
    assertThat(
            new JudgePrompt(JudgeFamily.VERDICTS, Form.FEW_SHOT)
                .text(PROBLEM, "Step 1: 2 + 3 = 5.\nAnswer: 5", true))
        .contains(
            "Step 3: Answer: 27\nVerification:\nStep 1: Correct\nStep 2: Correct\nStep 3: Correct\n**Verification: Is the answer correct (Yes/No)? Yes**\n\nQuestion: ")
        .endsWith(
            "Question: How much is 2 and 3?\nSolution:\nStep 1: 2 + 3 = 5.\nStep 2: Answer: 5\nVerification:\n");
  }

  @Test
  void theChatFormInstructs() {
    assertThat(new SolvePrompt(SolveFamily.STEPS, Form.CHAT).text(PROBLEM))
        .isEqualTo(
            "Solve the problem step by step. Write one step a line, numbered \"Step 1:\", \"Step 2:\" and so on, and end with one line \"Answer: $ANSWER\".\n\nProblem: How much is 2 and\n 3?\n\nSolution:\n");
    assertThat(
            new JudgePrompt(JudgeFamily.PROCESS_BENCH, Form.CHAT)
                .text(PROBLEM, "2 + 3 = 5\nA: 5", true))
        .endsWith(
            "give \\boxed{-1}.\n\nQuestion: How much is 2 and 3?\nSolution:\n<paragraph_0>\n2 + 3 = 5\n</paragraph_0>\n\n<paragraph_1>\nA: 5\n</paragraph_1>\n\nVerification:\n");
  }

  @ParameterizedTest
  @CsvSource({
    "PROCESS_BENCH, 'the second: \\boxed{ 1 }', true false false",
    "PROCESS_BENCH, \\boxed{-1}, true true true",
    "PROCESS_BENCH, \\boxed{0} no \\boxed{2}, true true false",
    "PROCESS_BENCH, \\boxed{3}, ",
    "PROCESS_BENCH, \\boxed{-2}, ",
    "PROCESS_BENCH, \\boxed{one}, ",
    "PROCESS_BENCH, 1, ",
    "VERDICTS, 'Step 1: correct\nStep 2: Incorrect\nStep 3: correct', true false true",
    "VERDICTS, 'Step 1: correct\nStep 3: correct', ",
    "THINK_PRM, \\boxed{correct} \\boxed{correct} \\boxed{correct}, true true true",
    "THINK_PRM, \\boxed{correct} \\boxed{incorrect}, true false false",
    "THINK_PRM, \\boxed{Incorrect}., false false false",
    "THINK_PRM, '<think>1: 2+3 is \\boxed{5}, \\boxed{correct} \\boxed{correct} \\boxed{incorrect}</think> No', true true false",
    "THINK_PRM, '<think>\\boxed{incorrect}, wait</think> \\boxed{correct}\n\\boxed{correct}\n\\boxed{correct}', true true true",
    "THINK_PRM, \\boxed{correct} \\boxed{correct}, ",
    "THINK_PRM, \\boxed{correct} \\boxed{correct} \\boxed{correct} \\boxed{correct}, ",
    "THINK_PRM, \\boxed{correct} \\boxed{correct} \\boxed{correct} \\boxed{incorrect}, ",
    "THINK_PRM, <final_verification>\\boxed{maybe}</final_verification>, ",
    "GEN_PRM, 'Judgement: \\boxed{Yes} Judgement: $\\boxed{Yes}$ Judgement: \\boxed{Yes}', true true true",
    "GEN_PRM, 'see \\boxed{No} <output>**Judgement**: $\\boxed{Yes}$</output> <output>**Judgement**: $\\boxed{No}$</output>', true false false",
    "GEN_PRM, '**Judgement**: $\\boxed{No}$', false false false",
    "GEN_PRM, '**Judgement**: $\\boxed{Yes}$', ",
    "GEN_PRM, \\boxed{Yes} \\boxed{Yes} \\boxed{Yes}, ",
    "GEN_PRM, '<think>Judgement: \\boxed{No}</think>', ",
  })
  void verdictsOnSteps(JudgeFamily family, String reply, String verdicts) {
    Optional<String> read =
        family
            .verdicts(reply, 3)
            .map(all -> String.join(" ", all.stream().map(String::valueOf).toList()));
    assertThat(read).isEqualTo(Optional.ofNullable(verdicts));
  }

  @ParameterizedTest
  @CsvSource({
    "FINAL_VERIFICATION, <final_verification>\\boxed{Correct}</final_verification>, true",
    "FINAL_VERIFICATION, '\\boxed{no} final_verification>\\boxed{1.0}', true",
    "FINAL_VERIFICATION, \\boxed{yes}, ",
    "FINAL_VERIFICATION, <final_verification>yes</final_verification>, ",
    "JUDGEMENT, '<output>**Judgement**: $\\boxed{No}$</output>', false",
    "JUDGEMENT, '<output>**Judgement**: $\\boxed{maybe}$</output>', ",
    "YES_NO, '<think>no</think> Yes.', true",
    "YES_NO, 'No, it is not', false",
    "YES_NO, 'Nobody knows', ",
    "YES_NO, '', ",
    "SPARK, 'Is the answer correct (Yes/No)? **No**', false",
  })
  void verdictsOnTheWhole(JudgeFamily family, String reply, Boolean verdict) {
    assertThat(family.outcome(reply)).isEqualTo(Optional.ofNullable(verdict));
  }

  @Test
  void aParserThatNeedsStepsRefusesAPromptThatAsksForNone() {
    assertThat(
            new JudgePrompt(JudgeFamily.YES_NO, Form.CHAT)
                .check("prompt", true, "'granularity' is 'step'"))
        .containsExactly(
            new ConfigMistake(
                "prompt.family",
                "the family 'yes_no' asks for a verdict on the whole, but 'granularity' is 'step'; families that do are 'task', 'spark', 'verdicts', 'process_bench', 'think_prm', 'gen_prm'"));
    assertThat(
            new JudgePrompt(JudgeFamily.SPARK, Form.CHAT)
                .check("prompt", false, "'granularity' is 'outcome'"))
        .extracting(ConfigMistake::key)
        .containsExactly("prompt.family");
    assertThat(
            new JudgePrompt(JudgeFamily.SPARK, Form.FEW_SHOT)
                .check("prompt", true, "'granularity' is 'step'"))
        .isEmpty();
    assertThat(JudgePrompt.TASK.check("prompt", false, "'granularity' is 'outcome'")).isEmpty();
    assertThat(new SolvePrompt(SolveFamily.TASK, Form.FEW_SHOT).check("prompt"))
        .extracting(ConfigMistake::key)
        .containsExactly("prompt.form");
  }

  @Test
  void problemsThatAreNotInWordsAreAskedInTheirOwnWay() {
    Problem chain = problem("4+5-2", "arithmetic");
    assertThat(SolvePrompt.TASK.text(chain)).isEqualTo("4+5-2:");
    assertThatThrownBy(() -> new SolvePrompt(SolveFamily.STEPS, Form.CHAT).text(chain))
        .hasMessageEndingWith(
            "has the format 'arithmetic', which the prompt family 'steps' cannot ask: it is for problems in words. Leave 'prompt' out.");
  }

  private static Problem problem(String question, String format) {
    return new Problem(
        "p", List.of(Message.user(question)), null, "test", null, Map.of("format", format));
  }
}

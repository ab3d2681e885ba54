package dev.sluice.methods.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.task.TextTask;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PromptsTest {
  private static final Problem PROBLEM = problem("How much is 2 and\n 3?", "text");
  private static final TextTask TEXT = new TextTask();

  /** The examples of a few-shot text: what is shown, and what the model is to write. */
  private static List<String> examples(String family) {
    String text = Objects.requireNonNull(PromptFamily.named(family).text().fewShot());
    List<String> all = List.of(text.split("\n\nQuestion: ", -1));
    return all.subList(0, all.size() - 1);
  }

  private static Stream<String> families(PromptPurpose asksFor) {
    return PromptFamily.names(Set.of(asksFor)).stream().filter(name -> !name.equals("task"));
  }

  static Stream<String> solvers() {
    return families(PromptPurpose.SOLUTION);
  }

  static Stream<String> judges() {
    return Stream.concat(families(PromptPurpose.STEPS), families(PromptPurpose.OUTCOME));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void example_ofASolver_isReadBack(String family) {
    List<String> answers = List.of("27", "28", "40");
    List<Integer> steps = List.of(2, 4, 2);
    List<String> examples = examples(family);
    assertThat(examples).hasSize(3);
    for (int i = 0; i < 3; i++) {
      String text = examples.get(i).substring(examples.get(i).indexOf('\n') + 1);
      assertThat(TEXT.gate(PROBLEM, text, true)).isTrue();
      assertThat(TEXT.answer(PROBLEM, text)).contains(answers.get(i));
      assertThat(TEXT.steps(text)).hasSize(steps.get(i) + 1);
      assertThat(TEXT.appended(text)).isFalse();
      assertThat(text).doesNotContain("\n\n");
    }
  }

  @ParameterizedTest
  @MethodSource("judges")
  void example_ofAJudge_isReadBack(String family) {
    ReplyParser parser = Objects.requireNonNull(PromptFamily.named(family).text().reply());
    List<List<Boolean>> expected =
        List.of(List.of(true, true, true), List.of(true, false, false, false));
    List<String> examples = examples(family);
    assertThat(examples).hasSize(2);
    for (int i = 0; i < 2; i++) {
      String text = examples.get(i).split("Verification:\n", 2)[1];
      assertThat(text).doesNotContain("\n\n");
      int lines = expected.get(i).size();
      if (PromptFamily.named(family).asksFor() == PromptPurpose.STEPS) {
        assertThat(parser.read(text, lines).verdicts()).contains(expected.get(i));
        // One that ends at the first error says nothing of how many steps there are.
        if (!parser.namesFirstError() || (!family.equals("process_bench") && i == 0)) {
          assertThat(parser.read(text, lines + 1).verdicts()).isEmpty();
        }
      } else {
        assertThat(parser.read(text, 0).outcome()).contains(i == 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource({"solvers", "judges"})
  void family_asItsFileSays(String family) {
    PromptText text = PromptFamily.named(family).text();
    assertThat(text.name()).isEqualTo(family);
    assertThat(text.asksFor()).isEqualTo(PromptFamily.named(family).asksFor());
    assertThat(text.doc()).endsWith(".");
    assertThat(text.source()).isNotBlank();
    assertThat(text.reply() == null ? List.of() : text.reply().check("reply")).isEmpty();
    PromptCheck check = new PromptCheck(PromptVariable.JUDGE_ALONE);
    assertThat(check.check("user", Objects.requireNonNull(text.user()))).isEmpty();
    assertThat(check.check("few_shot", Objects.requireNonNull(text.fewShot()))).isEmpty();
  }

  @Test
  void theFewShotFormIsPlainTextThatEndsWhereTheModelGoesOn() {
    String prompt = SolvePrompt.of("steps", Form.FEW_SHOT).text(PROBLEM);
    assertThat(prompt)
        .startsWith("Question: A baker puts 6 rolls into a bag.")
        .contains(
            "How many rolls did she bake?\nStep 1: 4 bags of 6 rolls hold 4 * 6 = 24 rolls.\nStep 2: With the 3 that are left she baked 24 + 3 = 27 rolls.\nAnswer: 27\n\nQuestion: ")
        .endsWith("\n\nQuestion: How much is 2 and 3?\n");
    assertThat(SolvePrompt.of("steps", Form.FEW_SHOT).stop(List.of("x", "\n\n")))
        .containsExactly("x", "\n\n", "\nQuestion:");
    assertThat(SolvePrompt.of("steps", Form.CHAT).stop(List.of())).isEmpty();
    assertThat(
            JudgePrompt.of("verdicts", Form.FEW_SHOT)
                .text(PROBLEM, "Step 1: 2 + 3 = 5.\nAnswer: 5", true))
        .contains(
            "Step 3: Answer: 27\nVerification:\nStep 1: Correct\nStep 2: Correct\nStep 3: Correct\n**Verification: Is the answer correct (Yes/No)? Yes**\n\nQuestion: ")
        .endsWith(
            "Question: How much is 2 and 3?\nSolution:\nStep 1: 2 + 3 = 5.\nStep 2: Answer: 5\nVerification:\n");
  }

  @Test
  void theChatFormInstructs() {
    assertThat(SolvePrompt.of("steps", Form.CHAT).text(PROBLEM))
        .isEqualTo(
            "Solve the problem step by step. Write one step a line, numbered \"Step 1:\", \"Step 2:\" and so on, and end with one line \"Answer: $ANSWER\".\n\nProblem: How much is 2 and\n 3?\n\nSolution:\n");
    assertThat(JudgePrompt.of("process_bench", Form.CHAT).text(PROBLEM, "2 + 3 = 5\nA: 5", true))
        .endsWith(
            "give \\boxed{-1}.\n\nQuestion: How much is 2 and 3?\nSolution:\n<paragraph_0>\n2 + 3 = 5\n</paragraph_0>\n\n<paragraph_1>\nA: 5\n</paragraph_1>\n\nVerification:\n");
  }

  @ParameterizedTest
  @CsvSource({
    "process_bench, 'the second: \\boxed{ 1 }', true false false",
    "process_bench, \\boxed{-1}, true true true",
    "process_bench, \\boxed{0} no \\boxed{2}, true true false",
    "process_bench, \\boxed{3}, ",
    "process_bench, \\boxed{-2}, ",
    "process_bench, \\boxed{one}, ",
    "process_bench, 1, ",
    "verdicts, 'Step 1: correct\nStep 2: Incorrect\nStep 3: correct', true false true",
    "verdicts, 'Step 1: correct\nStep 3: correct', ",
    "think_prm, \\boxed{correct} \\boxed{correct} \\boxed{correct}, true true true",
    "think_prm, \\boxed{correct} \\boxed{incorrect}, true false false",
    "think_prm, \\boxed{Incorrect}., false false false",
    "think_prm, '<think>1: 2+3 is \\boxed{5}, \\boxed{correct} \\boxed{correct} \\boxed{incorrect}</think> No', true true false",
    "think_prm, '<think>\\boxed{incorrect}, wait</think> \\boxed{correct}\n\\boxed{correct}\n\\boxed{correct}', true true true",
    "think_prm, \\boxed{correct} \\boxed{correct}, ",
    "think_prm, \\boxed{correct} \\boxed{correct} \\boxed{correct} \\boxed{correct}, ",
    "think_prm, \\boxed{correct} \\boxed{correct} \\boxed{correct} \\boxed{incorrect}, ",
    "think_prm, <final_verification>\\boxed{maybe}</final_verification>, ",
    "gen_prm, 'Judgement: \\boxed{Yes} Judgement: $\\boxed{Yes}$ Judgement: \\boxed{Yes}', true true true",
    "gen_prm, 'see \\boxed{No} <output>**Judgement**: $\\boxed{Yes}$</output> <output>**Judgement**: $\\boxed{No}$</output>', true false false",
    "gen_prm, '**Judgement**: $\\boxed{No}$', false false false",
    "gen_prm, '**Judgement**: $\\boxed{Yes}$', ",
    "gen_prm, \\boxed{Yes} \\boxed{Yes} \\boxed{Yes}, ",
    "gen_prm, '<think>Judgement: \\boxed{No}</think>', ",
  })
  void verdictsOnSteps(String family, String reply, String verdicts) {
    Optional<String> read =
        JudgePrompt.of(family, Form.CHAT)
            .verdicts(PROBLEM, reply, 3)
            .map(all -> String.join(" ", all.stream().map(String::valueOf).toList()));
    assertThat(read).isEqualTo(Optional.ofNullable(verdicts));
  }

  @ParameterizedTest
  @CsvSource({
    "final_verification, <final_verification>\\boxed{Correct}</final_verification>, true",
    "final_verification, '\\boxed{no} final_verification>\\boxed{1.0}', true",
    "final_verification, \\boxed{yes}, ",
    "final_verification, <final_verification>yes</final_verification>, ",
    "judgement, '<output>**Judgement**: $\\boxed{No}$</output>', false",
    "judgement, '<output>**Judgement**: $\\boxed{maybe}$</output>', ",
    "yes_no, '<think>no</think> Yes.', true",
    "yes_no, 'No, it is not', false",
    "yes_no, 'Nobody knows', ",
    "yes_no, '', ",
    "spark, 'Is the answer correct (Yes/No)? **No**', false",
  })
  void verdictsOnTheWhole(String family, String reply, Boolean verdict) {
    assertThat(JudgePrompt.of(family, Form.CHAT).outcome(PROBLEM, reply))
        .isEqualTo(Optional.ofNullable(verdict));
  }

  @Test
  void aParserThatNeedsStepsRefusesAPromptThatAsksForNone() {
    assertThat(
            JudgePrompt.of("yes_no", Form.CHAT)
                .check("prompt", true, "'granularity' is 'step'", PromptVariable.JUDGE))
        .containsExactly(
            new ConfigMistake(
                "prompt.family",
                "the family 'yes_no' asks for a verdict on the whole, but 'granularity' is 'step'; families that do are 'task', 'spark', 'verdicts', 'process_bench', 'think_prm', 'gen_prm', 'calm'"));
    assertThat(
            JudgePrompt.of("spark", Form.CHAT)
                .check("prompt", false, "'granularity' is 'outcome'", PromptVariable.JUDGE))
        .extracting(ConfigMistake::key)
        .containsExactly("prompt.family");
    assertThat(
            JudgePrompt.of("spark", Form.FEW_SHOT)
                .check("prompt", true, "'granularity' is 'step'", PromptVariable.JUDGE))
        .isEmpty();
    assertThat(
            JudgePrompt.TASK.check(
                "prompt", false, "'granularity' is 'outcome'", PromptVariable.JUDGE))
        .isEmpty();
    assertThat(SolvePrompt.of("task", Form.FEW_SHOT).check("prompt", PromptVariable.SOLVE))
        .extracting(ConfigMistake::key)
        .containsExactly("prompt.form");
  }

  @Test
  void problemsThatAreNotInWordsAreAskedInTheirOwnWay() {
    Problem chain = problem("4+5-2", "arithmetic");
    assertThat(SolvePrompt.TASK.text(chain)).isEqualTo("4+5-2:");
    assertThatThrownBy(() -> SolvePrompt.of("steps", Form.CHAT).text(chain))
        .hasMessageEndingWith(
            "has the format 'arithmetic', which the prompt family 'steps' cannot ask: it is for problems in words. Leave 'prompt' out.");
  }

  private static Problem problem(String question, String format) {
    return new Problem(
        "p", List.of(Message.user(question)), null, "test", null, Map.of("format", format));
  }
}

package dev.sluice.runners.fuzz.targets;

import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.reference.Calculator;
import dev.sluice.methods.arithmetic.reference.Grader;
import dev.sluice.methods.prompt.Form;
import dev.sluice.methods.prompt.JudgeFamilies;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.task.ArithmeticTask;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.task.TextTask;
import dev.sluice.methods.text.Chars;
import dev.sluice.methods.text.Steps;
import dev.sluice.methods.text.TaggedFormat;
import dev.sluice.models.TokenSpans;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Solutions and verifications that models write. */
final class VerdictTargets {
  private static final List<String> VERDICTS =
      List.of(
          "Step 1: ",
          "Step 2: ",
          "## Step 1",
          "## Step 2: Title\n",
          "step",
          "**",
          "correct",
          "incorrect",
          "**This step is correct.**",
          "**This step is incorrect.**",
          "This step is correct.",
          "Verdict:",
          "Verdict: Correct",
          "1. ",
          "2. Correct\n",
          "| 1 |",
          "| 2 | Wrong |\n",
          "|",
          "{",
          "\"step\": 1",
          "\"correct\": true",
          "\"verdict\": ",
          "\"",
          "}",
          ",",
          "[",
          "]",
          "✅",
          "❌",
          "</think>",
          "\\boxed{",
          "\\boxed{correct}",
          "\\boxed{Yes}",
          "\\boxed{no}",
          "\\boxed{-1}",
          "\\boxed{2}",
          "<output>**Judgement**: $",
          "Judgement",
          "$</output>",
          "<analyze>",
          "</analyze>",
          "<final_verification>",
          "</final_verification>",
          "Is the answer correct (Yes/No)? ",
          "Is the answer correct",
          "?",
          "Yes",
          "No",
          "*",
          "overall",
          "Final",
          "\n",
          " is ",
          "- ",
          "> ",
          "#",
          "999999",
          "1000000");

  private static final List<String> STEPS =
      List.of(
          "<step>",
          "</step>",
          "<answer>",
          "</answer>",
          "<think>",
          "</think>",
          "Step 1:",
          "## step 2",
          "Step 2.",
          "**",
          "#",
          "####",
          "Answer",
          "Answer: 7",
          "A: ",
          "\\boxed{7}",
          "<b>",
          "\n",
          "\n\n",
          "3+4=7",
          "#7",
          "#",
          "<",
          ">");

  private static final List<String> LINES =
      List.of(
          "#",
          "1",
          "#57",
          "27-8=19",
          "23+4=27",
          "=",
          "+",
          "-",
          "*",
          "x",
          "/",
          "(",
          ")",
          "$",
          ",",
          ".",
          "1=",
          "<<",
          "1=1>>",
          ">>",
          "%",
          "cm",
          "€",
          "\n",
          " y",
          " n",
          "a",
          " 27y",
          "12.50",
          "1,000",
          "÷",
          "×",
          "−",
          "-4",
          "99999999999999999999",
          " ");

  private static final String CHAIN = "23+4-8*3";
  private static final Chain PARSED = Chain.parse(CHAIN);
  private static final int MAX_STEPS = 5;
  private static final String PROMPT = "dev.sluice.methods.prompt.";

  private VerdictTargets() {}

  static List<Target> all() {
    return List.of(
        Target.named("verdicts")
            .mutatedTexts(verifications(), VERDICTS)
            .marks(VERDICTS)
            .covers(
                "dev.sluice.methods.task.WrittenVerdicts", "dev.sluice.methods.task.FinalVerdict")
            .readsText(VerdictTargets::verdicts),
        Target.named("judge-prompts")
            .mutatedTexts(verifications(), VERDICTS)
            .marks(VERDICTS)
            .covers("dev.sluice.methods.reply.Boxes", PROMPT + "JudgePrompt", PROMPT + "Form")
            .notCounted(
                "says what a config holds",
                PROMPT + "JudgePrompt.orTask",
                PROMPT + "JudgePrompt.reasons",
                PROMPT + "JudgePrompt.described",
                PROMPT + "JudgePrompt.readsRubric",
                PROMPT + "JudgePrompt.needs",
                PROMPT + "JudgePrompt.namesIndex")
            .readsText(VerdictTargets::judged),
        Target.named("solutions")
            .mutatedTexts(solutions(), STEPS)
            .marks(STEPS)
            .covers(
                "dev.sluice.methods.text.Steps",
                "dev.sluice.methods.text.Chars",
                "dev.sluice.methods.text.TaggedFormat",
                "dev.sluice.methods.task.TextTask")
            .notCounted(
                "writes a prompt",
                "dev.sluice.methods.task.TextTask.solvePrompt",
                "dev.sluice.methods.task.TextTask.outcomeWords",
                "dev.sluice.methods.task.TextTask.expectedSteps")
            .readsText(VerdictTargets::solution),
        Target.named("arithmetic")
            .mutatedTexts(
                List.of(
                    "27\n19\n57\n#57",
                    "23+4=27\n27-8=19\n19*3=57\n#57",
                    " 27y\n 19y\n 57n",
                    "3 + 4 = 7, <<7*2=14>> so $14.50",
                    CHAIN),
                LINES)
            .marks(LINES)
            .covers(
                "dev.sluice.methods.arithmetic.ArithmeticFormat",
                "dev.sluice.methods.arithmetic.reference.Grader",
                "dev.sluice.methods.arithmetic.reference.StatedLine",
                "dev.sluice.methods.arithmetic.reference.Calculator",
                "dev.sluice.methods.arithmetic.reference.Expressions",
                "dev.sluice.methods.arithmetic.reference.Sides",
                "dev.sluice.methods.arithmetic.Chain")
            .readsText(VerdictTargets::arithmetic));
  }

  private static List<String> verifications() {
    return List.of(
        "## Step 1: Calculation\nFine.\n**This step is correct.**\n## Step 2: Answer\n**This step is incorrect.**\n**Verification: Is the answer correct (Yes/No)? No**",
        "Step 1: Correct\nStep 2: Incorrect\n**Verification: Is the answer correct (Yes/No)? Yes**",
        "[{\"step\": 1, \"correct\": true}, {\"step\": 2, \"verdict\": \"incorrect\"}]",
        "| step | verdict |\n|---|---|\n| 1 | Correct |\n| 2 | Wrong |",
        "1. Correct\n2. Wrong\n3. ✅",
        "The first wrong paragraph is \\boxed{1}.",
        "<think>Step 1: fine, \\boxed{correct}. Step 2: \\boxed{incorrect}</think>",
        "<analyze>\nok\n</analyze>\n<output>**Judgement**: $\\boxed{Yes}$</output>\n<analyze>\n</analyze>\n<output>**Judgement**: $\\boxed{No}$</output>",
        "hm\n<final_verification>\\boxed{yes}</final_verification>",
        "Yes");
  }

  private static List<String> solutions() {
    return List.of(
        "Step 1: 3+4=7\nStep 2: 7*2=14\nAnswer: 14",
        "<step>3+4=7</step><step>7*2=14</step><answer>14</answer>",
        "<think><step>3+4=7</step></think>\n<answer>\\boxed{7}</answer>",
        "## Step 1: add\n7\n## Step 2: double\n14\n#### 14",
        "Three and four is 7.\n\nTwice that is 14.\nA: 14");
  }

  private static Problem problem(String format) {
    return new Problem(
        "p",
        List.of(Message.user(CHAIN)),
        null,
        "file",
        null,
        Map.of(TaskFormat.ATTRIBUTE, format));
  }

  private static boolean verdicts(String text) {
    TextTask task = new TextTask();
    Optional<List<Boolean>> verdicts = task.verdicts(text);
    Broken.unless(verdicts.equals(task.verdicts(text)), "The same verdicts are read twice.");
    verdicts.ifPresent(each -> Broken.unless(!each.isEmpty(), "A vote has a verdict."));
    Optional<Boolean> last = task.finalVerdict(text);
    // What a model writes of verdicts is read as these verdicts.
    verdicts.ifPresent(
        each ->
            Broken.unless(
                task.verdicts(task.renderVerdicts(each)).equals(verdicts),
                "Verdicts that are written are read."));
    return verdicts.isPresent() || last.isPresent();
  }

  private static boolean judged(String text) {
    boolean read = false;
    Problem problem = problem(TextTask.NAME);
    for (String family : new JudgeFamilies().words()) {
      for (Form form : Form.values()) {
        if (form == Form.CHAT || !family.equals("task")) {
          asked(JudgePrompt.of(family, form), problem, text);
        }
      }
      JudgePrompt prompt = JudgePrompt.of(family, Form.CHAT);
      for (int steps = 0; steps <= MAX_STEPS; steps++) {
        Optional<List<Boolean>> verdicts = prompt.verdicts(problem, text, steps);
        Broken.unless(
            verdicts.isEmpty() || verdicts.get().size() == steps, "As many verdicts as steps.");
        read |= verdicts.isPresent();
      }
      read |= !prompt.stated(problem, text).isEmpty();
      read |= prompt.finalVerdict(problem, text).isPresent();
      read |= prompt.outcome(problem, text).isPresent();
    }
    return read;
  }

  private static void asked(JudgePrompt prompt, Problem problem, String solution) {
    for (boolean each : new boolean[] {true, false}) {
      prompt
          .check("prompt", each, "votes are asked for", PromptVariable.JUDGE)
          .forEach(mistake -> Sentence.check(mistake.message()));
      Broken.unless(
          prompt.text(problem, solution, each).equals(prompt.text(problem, solution, each)),
          "The same prompt twice.");
    }
    Sentence.check(prompt.described());
    prompt.stop(List.of("\n"));
  }

  private static boolean solution(String text) {
    TextTask task = new TextTask();
    List<String> steps = task.steps(text);
    List<Integer> starts = task.stepStarts(text);
    Broken.unless(steps.size() == starts.size(), "Each step has a start.");
    for (int i = 0; i < steps.size(); i++) {
      int start = starts.get(i);
      Broken.unless(i == 0 || start > starts.get(i - 1), "Starts are in order.");
      Broken.unless(!steps.get(i).isBlank(), "A step says something.");
      Broken.unless(text.indexOf(steps.get(i), start) >= 0, "A step stands behind its start.");
    }
    tokens(text, starts);
    characters(text);
    int count = Steps.withoutAnswer(text);
    Broken.unless(count == steps.size() || count == steps.size() - 1, "One answer at most.");
    Problem problem = problem(TextTask.NAME);
    boolean gate = task.gate(problem, text, true);
    boolean tagged = SolvePrompt.of("tagged", Form.CHAT).gate(problem, text, true);
    Broken.unless(!tagged || TaggedFormat.gate(text), "What passes is in tags.");
    boolean unused = task.appended(text);
    List<String> classes = task.classes(steps);
    Broken.unless(classes.size() == steps.size(), "Each answer has a class.");
    boolean unusedToo = task.solves(problem, "27", text);
    RubricVerdicts.stated(problem, text);
    Broken.unless(
        task.judgePrompt(problem, text).contains(text)
            && task.outcomePrompt(problem, text).contains(text),
        "A judge sees the solution.");
    task.verdicts(text)
        .ifPresent(
            each ->
                Broken.unless(
                    task.verdicts(task.renderVerdicts(each)).equals(Optional.of(each)),
                    "Verdicts that are written are read."));
    boolean unusedVerdict = task.finalVerdict(text).isPresent();
    return gate;
  }

  /** Each token behind the first start is of one step. */
  private static void tokens(String text, List<Integer> starts) {
    List<String> pieces = new ArrayList<>();
    for (int begin = 0; begin < text.length(); begin += 3) {
      pieces.add(text.substring(begin, Math.min(text.length(), begin + 3)));
    }
    TokenSpans tokens = TokenSpans.ofPieces(pieces);
    int end = -1;
    for (StepSpan span : Steps.spans(tokens, starts)) {
      Broken.unless(
          span.begin() <= span.end() && (end < 0 || span.begin() == end),
          "Spans of steps follow each other: %s",
          span);
      end = span.end();
    }
    Broken.unless(
        starts.isEmpty() || end == tokens.size(), "All tokens behind a start are of a step.");
  }

  /** What is read without a copy is read as the text itself is. */
  private static void characters(String text) {
    Broken.unless(
        Chars.lines(text).stream()
            .map(CharSequence::toString)
            .toList()
            .equals(text.lines().toList()),
        "The lines are the text's.");
    int middle = text.length() / 2;
    int from = Chars.skipBlanks(text, middle);
    Broken.unless(
        from == text.length() || !Chars.isBlank(text.charAt(from)), "No blank behind blanks.");
    int back = Chars.skipBlanksBack(text, middle);
    Broken.unless(back == 0 || !Chars.isBlank(text.charAt(back - 1)), "No blank before blanks.");
    int mark = Chars.lastIndexOf(text, "step", middle);
    Broken.unless(
        mark == (middle < 4 ? -1 : text.lastIndexOf("step", middle - 4)), "The last mark.");
    boolean unused = Chars.wordBefore(text, middle) && Chars.wordAt(text, middle);
  }

  private static boolean arithmetic(String text) {
    ArithmeticTask task = new ArithmeticTask();
    Problem problem = problem(ArithmeticTask.NAME);
    Optional<List<Boolean>> verdicts = task.verdicts(text);
    boolean unused = task.appended(text);
    List<Integer> starts = task.stepStarts(text);
    Broken.unless(task.steps(text).size() == starts.size(), "Each step has a start.");
    Optional<String> answer = ArithmeticFormat.answer(text);
    answer.ifPresent(each -> Broken.unless(task.matches(each, each), "'%s' is itself.", each));
    List<Boolean> lines = Grader.lineVerdicts(PARSED, text);
    Grader.goldLabel(PARSED, text);
    Broken.unless(
        !Grader.processCorrect(PARSED, text) || !lines.contains(false), "A right process.");
    Grader.answerCorrect(PARSED, text, true);
    Calculator.Check check = Calculator.check(text);
    Broken.unless(check == Calculator.check(text), "The same check twice.");
    Calculator.failure(text).ifPresent(Sentence::quoted);
    if (Chain.matches(text)) {
      Grader.result(Chain.parse(text));
    }
    return task.gate(problem, text, true) || verdicts.isPresent();
  }
}

package dev.sluice.methods.prompt;

import dev.sluice.methods.task.TextTask;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Families of prompts that ask for a verdict on a solution (METHODS 5.8). */
public enum JudgeFamily {
  /** As the problem's own world asks. */
  TASK(true, ""),
  /** SPARK's verifier (METHODS 1.1): an analysis and a verdict for each step. */
  SPARK(
      true,
      "You are a maths teacher. Verify the student's solution step by step. For each step write \"## Step k: \" with a title, an analysis, and then exactly \"**This step is correct.**\" or \"**This step is incorrect.**\". There is no partial credit, and a step that rests on a wrong one is incorrect. End with \"**Verification: Is the answer correct (Yes/No)? X**\", X being Yes or No."),
  /** SPARK's PRM without analysis (METHODS 1.5). */
  VERDICTS(
      true,
      "Verify the student's solution step by step. For each step write one line \"Step k: Correct\" or \"Step k: Incorrect\"; a step that rests on a wrong one is incorrect. End with \"**Verification: Is the answer correct (Yes/No)? X**\", X being Yes or No."),
  /** ProcessBench's critic: the index of the first wrong paragraph. */
  PROCESS_BENCH(
      true,
      "Review the solution, whose paragraphs are tagged and counted from 0. Find the earliest paragraph with an error. Give its index as \\boxed{index}; if all are right, give \\boxed{-1}."),
  /** ThinkPRM (arXiv 2504.16828): a verdict for each step, up to the first incorrect one. */
  THINK_PRM(
      true,
      "Review and critique each step of the solution in turn. After the critique of a step write \\boxed{correct} if it is correct, else \\boxed{incorrect}. Stop at the first incorrect step."),
  /** GenPRM (arXiv 2504.00891): an analysis and a judgement, paragraph by paragraph. */
  GEN_PRM(
      true,
      "Judge the solution, whose paragraphs are tagged and counted from 0, paragraph by paragraph. For each paragraph write an analysis inside <analyze> and </analyze>, and then <output>**Judgement**: $\\boxed{Yes}$</output> if it is correct, else <output>**Judgement**: $\\boxed{No}$</output>. Stop at the first that is not correct."),
  /** SPARK's reading of ThinkPRM (METHODS 1.5): the verdict on the whole after a thought. */
  FINAL_VERIFICATION(
      false,
      "Think about each step of the solution. Then write <final_verification>\\boxed{yes}</final_verification> if the answer is correct, else <final_verification>\\boxed{no}</final_verification>."),
  /** An analysis of the whole, then one judgement. */
  JUDGEMENT(
      false,
      "Analyse the solution inside <analyze> and </analyze>. Then write <output>**Judgement**: $\\boxed{Yes}$</output> if it is correct, else <output>**Judgement**: $\\boxed{No}$</output>."),
  /** One word on the whole (SPARK's ORM, METHODS 1.5). */
  YES_NO(false, "Is the answer of the solution correct? Reply with one word, Yes or No.");

  private static final TextTask TEXT = new TextTask();

  private final boolean asksForSteps;
  private final String instruction;

  JudgeFamily(boolean asksForSteps, String instruction) {
    this.asksForSteps = asksForSteps;
    this.instruction = instruction;
  }

  /** Whether a reply holds a verdict on each step. */
  boolean asksForSteps() {
    return asksForSteps;
  }

  String instruction() {
    return instruction;
  }

  /** The solution as this family shows it. */
  String solution(List<String> steps) {
    return this == PROCESS_BENCH || this == GEN_PRM
        ? Numbered.paragraphs(steps)
        : Numbered.steps(steps);
  }

  /** Whether a reply reasons before its verdict on the whole, so that a few tokens hold none. */
  boolean reasons() {
    return this == FINAL_VERIFICATION || this == JUDGEMENT;
  }

  /** Whether a reply names the first wrong step, as an index or by ending at it. */
  boolean endsAtFirstError() {
    return this == PROCESS_BENCH || this == THINK_PRM || this == GEN_PRM;
  }

  /** The verification of a worked example, as a model is to write it. */
  String render(Worked worked) {
    String yes = worked.right() ? "Yes" : "No";
    return switch (this) {
      case TASK -> throw new IllegalStateException("The task's own prompt has no examples.");
      case SPARK ->
          IntStream.range(0, worked.lines().size())
                  .mapToObj(
                      i ->
                          "## Step %d: %s\n%s\n**This step is %s.**"
                              .formatted(
                                  i + 1,
                                  i < worked.steps().size() ? "Calculation" : "Answer",
                                  analysis(worked, i),
                                  worked.right(i) ? "correct" : "incorrect"))
                  .collect(Collectors.joining("\n"))
              + "\n**Verification: Is the answer correct (Yes/No)? %s**".formatted(yes);
      case VERDICTS ->
          TEXT.renderVerdicts(
              IntStream.range(0, worked.lines().size()).mapToObj(worked::right).toList());
      case PROCESS_BENCH -> "\\boxed{%d}".formatted(worked.firstError());
      case THINK_PRM ->
          judgedLines(worked)
              .mapToObj(
                  i ->
                      "Step %d: %s The step is \\boxed{%s}."
                          .formatted(
                              i + 1,
                              analysis(worked, i),
                              worked.right(i) ? "correct" : "incorrect"))
              .collect(Collectors.joining("\n"));
      case GEN_PRM ->
          judgedLines(worked)
              .mapToObj(
                  i ->
                      "<analyze>\n%s\n</analyze>\n<output>**Judgement**: $\\boxed{%s}$</output>"
                          .formatted(analysis(worked, i), worked.right(i) ? "Yes" : "No"))
              .collect(Collectors.joining("\n"));
      case FINAL_VERIFICATION ->
          "%s\n<final_verification>\\boxed{%s}</final_verification>"
              .formatted(thought(worked), yes.toLowerCase(Locale.ROOT));
      case JUDGEMENT ->
          "<analyze>\n%s\n</analyze>\n<output>**Judgement**: $\\boxed{%s}$</output>"
              .formatted(thought(worked), yes);
      case YES_NO -> yes;
    };
  }

  /** The lines that a judge looks at who stops at the first wrong one. */
  private static IntStream judgedLines(Worked worked) {
    int first = worked.firstError();
    return IntStream.range(0, first < 0 ? worked.lines().size() : first + 1);
  }

  private static String thought(Worked worked) {
    return IntStream.range(0, worked.lines().size())
        .mapToObj(i -> analysis(worked, i))
        .collect(Collectors.joining("\n"));
  }

  private static String analysis(Worked worked, int line) {
    String verdict =
        worked.right(line)
            ? "That is right."
            : line == worked.firstError()
                ? "The product is wrong: 5 * 12 = 60."
                : "This rests on the wrong step before it.";
    return "The step says: " + worked.lines().get(line) + " " + verdict;
  }

  /** The verdict on each step; empty if the reply is no such vote. */
  Optional<List<Boolean>> verdicts(CharSequence reply, int steps) {
    return switch (this) {
      case SPARK, VERDICTS -> TEXT.verdicts(reply, steps);
      case PROCESS_BENCH -> Boxes.index(reply, steps);
      case THINK_PRM, GEN_PRM -> Boxes.upToFirstError(boxes(reply), steps);
      default -> Optional.empty();
    };
  }

  /** The verdicts on steps that a reply states, however many; empty if it states none. */
  Optional<List<Boolean>> stated(CharSequence reply) {
    return switch (this) {
      case SPARK, VERDICTS -> TEXT.verdicts(reply);
      // One that ends at an error leaves open how many steps there are.
      case THINK_PRM, GEN_PRM ->
          Optional.of(boxes(reply)).filter(all -> !all.isEmpty() && !all.contains(false));
      default -> Optional.empty();
    };
  }

  private List<Boolean> boxes(CharSequence reply) {
    if (this == GEN_PRM) {
      return Boxes.judgements(TextTask.spoken(reply));
    }
    // ThinkPRM judges within its thought, and may repeat nothing after it.
    List<Boolean> spoken = Boxes.words(TextTask.spoken(reply));
    return spoken.isEmpty() ? Boxes.words(reply) : spoken;
  }

  /** The verdict on the whole; empty if the reply states none. */
  Optional<Boolean> outcome(CharSequence reply) {
    return switch (this) {
      case SPARK, VERDICTS -> TEXT.finalVerdict(reply);
      case PROCESS_BENCH, THINK_PRM, GEN_PRM, TASK -> Optional.empty();
      case FINAL_VERIFICATION -> Boxes.word(Boxes.after(reply, "final_verification>"));
      case JUDGEMENT -> Boxes.word(Boxes.after(reply, "Judgement"));
      case YES_NO -> Boxes.firstWord(TextTask.spoken(reply));
    };
  }

  /** The name in a pipeline file. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

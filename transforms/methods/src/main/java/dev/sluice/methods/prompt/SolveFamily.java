package dev.sluice.methods.prompt;

import java.util.Locale;
import java.util.stream.Collectors;

/** Families of prompts that ask for a solution. */
public enum SolveFamily {
  /** As the problem's own world asks. */
  TASK("", ""),
  /** SPARK's generator (METHODS 1.1): numbered steps and an answer line. */
  STEPS(
      "Solve the problem step by step. Write one step a line, numbered \"Step 1:\", \"Step 2:\" and so on, and end with one line \"Answer: $ANSWER\".",
      ""),
  /** SPARK's policy (METHODS 5.8): tagged steps, and one box in the answer. */
  TAGGED(
      "Solve the problem step by step. Think inside <think> and </think>, with each step inside <step> and </step>. Then give the final answer as \\boxed{} inside <answer> and </answer>, and nothing after it.",
      "think"),
  /** Prior prompt engineering (METHODS 5.7): reasoning. */
  THINK(
      "Reason about the problem inside <think> and </think>. Then give the final answer alone inside <answer> and </answer>.",
      "think"),
  /** The same: a plan. */
  PLAN(
      "Make a plan and carry it out inside <plan> and </plan>. Then give the final answer alone inside <answer> and </answer>.",
      "plan"),
  /** The same: a program. */
  CODE(
      "Write the solution as program code with its results inside <code> and </code>. Then give the final answer alone inside <answer> and </answer>.",
      "code"),
  /** The same: knowledge that helps. */
  KNOWLEDGE(
      "Recall the knowledge that the problem needs and use it inside <knowledge> and </knowledge>. Then give the final answer alone inside <answer> and </answer>.",
      "knowledge"),
  /** The same: examples; the null-example prompt. */
  EXAMPLES(
      "Work with small examples or counterexamples inside <examples> and </examples>. Then give the final answer alone inside <answer> and </answer>.",
      "examples");

  private final String instruction;
  private final String tag;

  SolveFamily(String instruction, String tag) {
    this.instruction = instruction;
    this.tag = tag;
  }

  /** What is asked of the model. */
  String instruction() {
    return instruction;
  }

  /** A worked solution in this family's form. */
  String render(Worked worked) {
    return switch (this) {
      case TASK -> throw new IllegalStateException("The task's own prompt has no examples.");
      case STEPS -> Numbered.steps(worked.steps()) + "\nAnswer: " + worked.answer();
      case TAGGED ->
          "<think>"
              + worked.steps().stream()
                  .map(step -> "<step>" + step + "</step>")
                  .collect(Collectors.joining("\n"))
              + "</think>\n<answer>\\boxed{"
              + worked.answer()
              + "}</answer>";
      default ->
          "<%s>\n%s\n</%s>\n<answer>%s</answer>"
              .formatted(tag, String.join("\n", worked.steps()), tag, worked.answer());
    };
  }

  /** The name in a pipeline file. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.sluice.methods.task;

import dev.sluice.records.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of one world of problems: its prompts, its steps, its answers, its gate and its votes.
 * It looks at form alone; whether something is true is never asked here. A problem carries the name
 * of its format in the attribute {@code format}.
 */
public sealed interface TaskFormat permits ArithmeticTask, TextTask {
  /** The attribute of a problem that names its format. */
  String ATTRIBUTE = "format";

  /** The format of a problem. */
  static TaskFormat of(Problem problem) {
    String name = problem.attributes().getOrDefault(ATTRIBUTE, TextTask.NAME);
    return switch (name) {
      case ArithmeticTask.NAME -> new ArithmeticTask();
      case TextTask.NAME -> new TextTask();
      default ->
          throw new IllegalArgumentException(
              "Problem %s has the format '%s', which is not known; known are '%s' and '%s'."
                  .formatted(problem.problemId(), name, ArithmeticTask.NAME, TextTask.NAME));
    };
  }

  /** The prompt that asks for a solution. */
  String solvePrompt(Problem problem);

  /** A solution's text cut into steps, the answer line among them. */
  List<String> steps(String text);

  /** Offset in a solution's text at which each of its steps begins. */
  List<Integer> stepStarts(String text);

  /** Whether anything but blanks stands after the answer: a sign of solutions that are appended. */
  boolean appended(CharSequence text);

  /**
   * The answer that a solution states, as it is written there. What it quotes of the problem's
   * question is none.
   */
  Optional<String> answer(Problem problem, String text);

  /**
   * Whether an answer has the value of a reference answer, which may leave out a unit or a name, or
   * have it alone. Not transitive: it is no ground for classes.
   *
   * @param referenceAnswer as it stands in its column
   * @param answer as {@link #answer} gives it
   */
  boolean matches(String referenceAnswer, String answer);

  /**
   * The class of each answer: equal texts for answers of one value, forgiving nothing; empty text
   * for no answer.
   *
   * @param answers as {@link #answer} gives them; null for none
   */
  List<String> classes(List<@Nullable String> answers);

  /** Whether a solution of a problem states an answer with the value of a reference answer. */
  default boolean solves(Problem problem, String referenceAnswer, String text) {
    return answer(problem, text).filter(answer -> matches(referenceAnswer, answer)).isPresent();
  }

  /**
   * Whether a solution has the form that this world asks for. One that fails is never shown to a
   * judge for reward, and no label is made of it.
   *
   * @param finished whether the completion ended by itself
   */
  boolean gate(Problem problem, String text, boolean finished);

  /** The number of steps that a well-formed solution has; -1 where the form leaves it open. */
  int expectedSteps(Problem problem);

  /** The prompt that asks for a step-by-step verification of a solution. */
  String judgePrompt(Problem problem, String solution);

  /** The prompt that asks for one verdict on the whole solution. */
  String outcomePrompt(Problem problem, String solution);

  /** The words for yes and no that answer {@link #outcomePrompt}, yes first. */
  List<String> outcomeWords();

  /** The verdicts that a reply states, however many; empty if it is no verification. */
  Optional<List<Boolean>> verdicts(CharSequence reply);

  /** The verdict on each step, or empty if the reply is not a vote on that many steps. */
  default Optional<List<Boolean>> verdicts(CharSequence reply, int steps) {
    return verdicts(reply).filter(verdicts -> verdicts.size() == steps);
  }

  /** The verdict on the whole that a step-by-step verification ends in; empty if it has none. */
  Optional<Boolean> finalVerdict(CharSequence reply);

  /** A verification that states verdicts and nothing else: the target of {@code prm_text}. */
  String renderVerdicts(List<Boolean> verdicts);
}

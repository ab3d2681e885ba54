package dev.sluice.stages.evaluation;

import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.reference.Grader;
import dev.sluice.methods.task.ArithmeticTask;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;

/** What the reference says of a solution. */
public final class Truth {
  private Truth() {}

  /**
   * Whether a solution's answer is right. In the arithmetic world the last line must be the answer
   * and the text end there.
   */
  public static boolean right(Problem problem, String text, boolean finished) {
    if (TaskFormat.of(problem) instanceof ArithmeticTask) {
      return Grader.answerCorrect(Chain.parse(problem.question()), text, finished);
    }
    String reference = problem.referenceAnswer();
    return reference != null && TaskFormat.of(problem).solves(problem, reference, text);
  }

  /** Whether the answer of a stored or sampled solution is right. */
  public static boolean right(Problem problem, Solution solution) {
    return right(problem, solution.text(), !solution.finishReason().equals("length"));
  }

  /** Whether the world has gold labels of steps. */
  public static boolean hasSteps(Problem problem) {
    return TaskFormat.of(problem) instanceof ArithmeticTask;
  }

  /** Index of the first wrong step, -1 if there is none; only where {@link #hasSteps}. */
  public static int firstError(Problem problem, String text) {
    return Grader.goldLabel(Chain.parse(problem.question()), text);
  }

  /** Whether every step is right; only where {@link #hasSteps}. */
  public static boolean processRight(Problem problem, String text) {
    return Grader.processCorrect(Chain.parse(problem.question()), text);
  }
}

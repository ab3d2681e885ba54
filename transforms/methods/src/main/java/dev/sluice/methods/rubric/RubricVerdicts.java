package dev.sluice.methods.rubric;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import java.util.List;
import java.util.Map;

/** What rubrics say of the lines of solutions. */
public final class RubricVerdicts {
  private RubricVerdicts() {}

  /**
   * The rubric's verdict on each line of a solution that it speaks of.
   *
   * @param rubrics by solution id, or by problem id where one serves the whole problem
   */
  public static Map<Integer, Boolean> byLine(
      Problem problem, Solution solution, Map<String, Rubric> rubrics) {
    Rubric rubric = rubrics.get(solution.solutionId());
    if (rubric == null) {
      rubric = rubrics.get(problem.problemId());
    }
    return rubric == null || rubric.criteria().isEmpty()
        ? Map.of()
        : ConsensusRubric.verdicts(rubric.criteria(), stated(solution));
  }

  /** What a solution states line by line. */
  public static StatedResults stated(Solution solution) {
    return StatedResults.of(solution.steps(), solution.finalAnswer());
  }

  /** What a text states line by line. */
  public static StatedResults stated(Problem problem, String text) {
    TaskFormat format = TaskFormat.of(problem);
    List<String> steps = format.steps(text);
    return StatedResults.of(steps, format.answer(problem, text).orElse(null));
  }
}

package dev.sluice.methods.prompt;

import dev.sluice.records.Criterion;
import dev.sluice.records.Problem;
import java.util.List;

/**
 * What a prompt is about.
 *
 * @param problem the problem
 * @param solution the solution that is judged; empty where one is asked for
 * @param siblings other solutions of the problem, in the order of their index; empty where there
 *     are none
 * @param rubric the criteria of the solution's rubric; empty where there is none
 */
public record Subject(
    Problem problem, String solution, List<String> siblings, List<Criterion> rubric) {

  public Subject {
    siblings = List.copyOf(siblings);
    rubric = List.copyOf(rubric);
  }

  /** Without a rubric. */
  public Subject(Problem problem, String solution, List<String> siblings) {
    this(problem, solution, siblings, List.of());
  }
}

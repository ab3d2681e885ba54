package dev.sluice.methods.prompt;

import dev.sluice.records.Problem;
import java.util.List;

/**
 * What a prompt is about.
 *
 * @param problem the problem
 * @param solution the solution that is judged; empty where one is asked for
 * @param siblings other solutions of the problem, in the order of their index; empty where there
 *     are none
 */
public record Subject(Problem problem, String solution, List<String> siblings) {

  public Subject {
    siblings = List.copyOf(siblings);
  }
}

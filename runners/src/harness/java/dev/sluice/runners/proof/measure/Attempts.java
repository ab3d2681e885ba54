package dev.sluice.runners.proof.measure;

import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.reference.Grader;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of one model on one problem, graded.
 *
 * @param warm those at temperature 1
 * @param cool those at temperature 0.7
 * @param greedy the greedy one
 */
public record Attempts(List<Attempt> warm, List<Attempt> cool, List<Attempt> greedy) {

  Attempts() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * One sample.
   *
   * @param solutionId its id
   * @param answer its answer; empty if it has none
   * @param right whether the answer is right and the text ends there
   * @param wholeRight whether every step is right
   */
  record Attempt(String solutionId, String answer, boolean right, boolean wholeRight) {

    static Attempt of(Problem problem, Solution solution) {
      Chain chain = Chain.parse(problem.question());
      String answer = solution.finalAnswer();
      return new Attempt(
          solution.solutionId(),
          answer == null ? "" : answer,
          Grader.answerCorrect(chain, solution.text(), !solution.finishReason().equals("length")),
          Grader.processCorrect(chain, solution.text()));
    }
  }
}

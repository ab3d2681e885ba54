package dev.sluice.stages.evaluation.suite;

import java.util.List;

/** How the scores of steps give the score of a whole solution. */
enum StepReduction {
  /** The lowest: a solution is as good as its worst step (Math-Shepherd, arXiv 2312.08935). */
  MIN,
  /** The product: all steps are right, if they are independent (arXiv 2305.20050). */
  PRODUCT,
  /** That of the last step. */
  LAST,
  /** The mean. */
  MEAN;

  /**
   * The score of a solution.
   *
   * @param steps scores of its steps, at least one
   */
  public double of(List<Double> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(
          "The scores of steps are reduced to one score of their solution, but there is no step.");
    }
    return switch (this) {
      case MIN -> steps.stream().mapToDouble(Double::doubleValue).min().orElse(0);
      case PRODUCT -> steps.stream().mapToDouble(Double::doubleValue).reduce(1, (a, b) -> a * b);
      case LAST -> steps.get(steps.size() - 1);
      case MEAN -> steps.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    };
  }
}

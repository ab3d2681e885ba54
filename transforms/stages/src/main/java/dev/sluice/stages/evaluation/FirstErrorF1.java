package dev.sluice.stages.evaluation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * F1 of finding the first wrong step (ProcessBench, arXiv 2412.06559): a prediction is right only
 * if it is exactly the label; {@code F1 = 2 a b / (a + b)} with a the accuracy on solutions with an
 * error and b that on solutions without one.
 *
 * @param errorAccuracy accuracy where some step is wrong; 0 without such a case
 * @param correctAccuracy accuracy where every step is right; 0 without such a case
 * @param f1 their harmonic mean; 0 where either is 0
 */
public record FirstErrorF1(double errorAccuracy, double correctAccuracy, double f1) {

  /**
   * One judged solution.
   *
   * @param problem index of its problem, from 0, for the bootstrap over problems
   * @param label index of the first wrong step, -1 if there is none
   * @param prediction likewise; null if there is none, which is wrong
   */
  public record Case(int problem, int label, @Nullable Integer prediction) {}

  /** F1 of both accuracies. */
  public static FirstErrorF1 of(double errorAccuracy, double correctAccuracy) {
    double sum = errorAccuracy + correctAccuracy;
    double f1 = sum > 0 ? 2 * errorAccuracy * correctAccuracy / sum : 0;
    return new FirstErrorF1(errorAccuracy, correctAccuracy, f1);
  }

  /** F1 over all cases. */
  public static FirstErrorF1 of(List<Case> cases) {
    int problems = cases.stream().mapToInt(Case::problem).max().orElse(-1) + 1;
    int[] once = new int[problems];
    Arrays.fill(once, 1);
    return of(cases, once);
  }

  /**
   * F1 over the cases of a draw of problems.
   *
   * @param counts how often each problem was drawn, by its index
   */
  public static FirstErrorF1 of(List<Case> cases, int[] counts) {
    double[] right = new double[2];
    double[] all = new double[2];
    for (Case one : cases) {
      int side = one.label() == -1 ? 1 : 0;
      int count = counts[one.problem()];
      Integer prediction = one.prediction();
      all[side] += count;
      right[side] += prediction != null && prediction == one.label() ? count : 0;
    }
    return of(share(right[0], all[0]), share(right[1], all[1]));
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}

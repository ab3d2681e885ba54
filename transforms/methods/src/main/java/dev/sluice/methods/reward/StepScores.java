package dev.sluice.methods.reward;

import java.util.Collections;
import java.util.List;

/**
 * What the judge's answers on a response come to.
 *
 * @param y the verdict on the whole response, 0 to 1
 * @param share share of the judged steps called correct, k/n; 0 if none was judged
 * @param steps sign of each step of the response: 1 correct, -1 incorrect, 0 no reward; values in
 *     between are means over several votes
 * @param mismatch whether the answer did not parse, or judged another number of steps than the
 *     response has, or the response has too few or too many
 */
public record StepScores(double y, double share, List<Double> steps, boolean mismatch) {

  public StepScores {
    steps = List.copyOf(steps);
  }

  /** Every step incorrect: also what a response gets that fails the gate and is never judged. */
  public static StepScores incorrect(int steps) {
    return new StepScores(0, 0, Collections.nCopies(steps, -1.0), false);
  }
}

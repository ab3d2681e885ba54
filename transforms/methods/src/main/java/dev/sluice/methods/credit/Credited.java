package dev.sluice.methods.credit;

import dev.sluice.methods.advantage.Rewards;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.records.StepSpan;
import java.util.Arrays;
import java.util.List;

/**
 * A response that is to get credit.
 *
 * @param advantage its advantage
 * @param tokens number of its tokens, end of text included
 * @param spans the tokens of each step
 * @param signs of each judged step: 1 correct, -1 incorrect; at most as many as spans, since an
 *     answer that the judge has no verdict on is no step
 * @param scores the reward of each step, the weights of its terms included; empty if no term gives
 *     any
 * @param accepted whether the reward takes the response for right
 */
public record Credited(
    double advantage,
    int tokens,
    List<StepSpan> spans,
    List<Double> signs,
    List<Double> scores,
    boolean accepted) {

  public Credited {
    spans = List.copyOf(spans);
    signs = List.copyOf(signs);
    scores = List.copyOf(scores);
    if (signs.size() > spans.size() || scores.size() > spans.size()) {
      throw new IllegalArgumentException(
          "Placing %d signs and %d scores on the steps of a response: it has %d steps; each needs one."
              .formatted(signs.size(), scores.size(), spans.size()));
    }
  }

  /** The scores of the steps of each response, standardised over all steps of the group. */
  static List<double[]> standardisedScores(List<Credited> group, double epsilon) {
    return Rewards.standardisedTogether(
        group.stream()
            .map(each -> each.scores().stream().mapToDouble(Double::doubleValue).toArray())
            .toList(),
        Deviation.SAMPLE,
        epsilon);
  }

  /**
   * The advantage of every token where each step has its own; tokens in no step keep that of the
   * response.
   *
   * @param steps the advantage of each of the first steps
   */
  double[] placed(List<Double> steps) {
    double[] placed = new double[tokens];
    Arrays.fill(placed, advantage);
    for (int step = 0; step < steps.size(); step++) {
      StepSpan span = spans.get(step);
      Arrays.fill(placed, span.begin(), span.end(), steps.get(step));
    }
    return placed;
  }

  /**
   * The advantage of every token: that of the response, and the rewards of all steps that end at or
   * after the token.
   *
   * @param rewards of each of the first steps
   */
  double[] withToGo(List<Double> rewards) {
    double[] placed = new double[tokens];
    Arrays.fill(placed, advantage);
    for (int step = 0; step < rewards.size(); step++) {
      int end = spans.get(step).end();
      for (int token = 0; token < end; token++) {
        placed[token] += rewards.get(step);
      }
    }
    return placed;
  }
}

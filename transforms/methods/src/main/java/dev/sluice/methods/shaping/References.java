package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Rewards of the responses that a group is compared with. */
final class References {
  private References() {}

  /** Their rewards, in order. */
  static double[] rewards(ShapingContext context) {
    return context.references().stream().mapToDouble(Score::reward).toArray();
  }

  /** Other rewards, which are unknown where that of a reference is. */
  static List<Score> shaped(
      List<Score> scores, ShapingContext context, DoubleUnaryOperator reward) {
    List<Score> shaped = new ArrayList<>();
    for (Score score : scores) {
      Score other = score.withReward(reward.applyAsDouble(score.reward()));
      for (Score reference : context.references()) {
        other = other.withFailureOf(reference);
      }
      shaped.add(other);
    }
    return shaped;
  }

  /** The mean of at least one reward. */
  static double mean(double[] rewards) {
    double sum = 0;
    for (double reward : rewards) {
      sum += reward;
    }
    return sum / rewards.length;
  }
}

package dev.sluice.methods.reward;

import dev.sluice.methods.advantage.Rewards;
import java.util.Arrays;

/** How the scores of several members become one. */
enum Merge {
  MEAN,
  /** The middle one; the mean of the two in the middle of an even number. */
  MEDIAN,
  MIN,
  /** Their mean less a multiple of their standard deviation. */
  MEAN_MINUS_STD;

  /**
   * One score.
   *
   * @param scores of each member; at least one
   * @param c the multiple
   */
  double of(double[] scores, double c) {
    return switch (this) {
      case MEAN -> Rewards.mean(scores);
      case MEDIAN -> median(scores);
      case MIN -> Arrays.stream(scores).min().orElseThrow();
      case MEAN_MINUS_STD -> Rewards.mean(scores) - c * deviation(scores);
    };
  }

  private static double median(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The standard deviation over members, divided by their number; 0 of one. */
  static double deviation(double[] scores) {
    return Rewards.deviation(scores, Rewards.Deviation.POPULATION);
  }
}

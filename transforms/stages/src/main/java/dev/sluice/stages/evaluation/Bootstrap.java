package dev.sluice.stages.evaluation;

import dev.sluice.records.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap over problems (Efron 1979): problems are drawn with replacement, all samples
 * and votes of a problem together, {@value #RESAMPLES} times; the interval lies between the 2.5 %
 * and the 97.5 % quantile of the statistic. Seeded, so that it comes out the same again.
 */
public final class Bootstrap {
  /** Number of resamples. */
  public static final int RESAMPLES = 2_000;

  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * The interval of any statistic.
   *
   * @param problems number of problems, at least 1
   * @param statistic from how often each problem was drawn to the statistic's value; for a paired
   *     difference, the difference of two statistics of the same draw
   */
  public static Interval interval(int problems, long seed, ToDoubleFunction<int[]> statistic) {
    if (problems < 1) {
      throw new IllegalArgumentException(
          "A bootstrap draws from at least 1 problem, not from " + problems + ".");
    }
    RandomStream random = new RandomStream(seed);
    double[] values = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      int[] counts = new int[problems];
      for (int draw = 0; draw < problems; draw++) {
        counts[random.nextInt(problems)]++;
      }
      values[resample] = statistic.applyAsDouble(counts);
    }
    Arrays.sort(values);
    return new Interval(quantile(values, TAIL), quantile(values, 1 - TAIL));
  }

  /** The interval of a mean of one value per problem. */
  public static Interval ofMean(double[] values, long seed) {
    return interval(values.length, seed, counts -> mean(values, counts));
  }

  /** The interval of the mean of {@code values - others}, paired by problem. */
  public static Interval ofDifference(double[] values, double[] others, long seed) {
    if (values.length != others.length) {
      throw new IllegalArgumentException(
          "A paired difference needs the same problems on both sides: there are %d and %d values."
              .formatted(values.length, others.length));
    }
    return interval(values.length, seed, counts -> mean(values, counts) - mean(others, counts));
  }

  /** The mean of one value per problem in a draw. */
  public static double mean(double[] values, int[] counts) {
    double sum = 0;
    double total = 0;
    for (int problem = 0; problem < counts.length; problem++) {
      sum += counts[problem] * values[problem];
      total += counts[problem];
    }
    return sum / total;
  }

  /** The quantile of sorted values, linear between neighbours. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}

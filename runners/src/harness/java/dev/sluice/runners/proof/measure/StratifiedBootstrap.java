package dev.sluice.runners.proof.measure;

import dev.sluice.records.RandomStream;
import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.Interval;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap over problems within strata (Efron and Tibshirani 1993, chapter 8). The
 * strata are the seeds: a resample draws, for each seed by itself, as many of that seed's test
 * problems as there are, with replacement and with all samples of a problem; the interval lies
 * between the 2.5 % and the 97.5 % quantile of the statistic. It tells how sure the figure is for
 * these trained models; how much it differs from training to training is what the range says.
 */
final class StratifiedBootstrap {
  private static final long SEED = 7;
  private static final double TAIL = 0.025;

  private StratifiedBootstrap() {}

  /**
   * The interval of a statistic. Equal sizes see equal draws, whatever the statistic is.
   *
   * @param sizes number of problems of each stratum
   * @param statistic from how often each problem of each stratum was drawn to the value
   */
  static Interval interval(int[] sizes, ToDoubleFunction<int[][]> statistic) {
    RandomStream random = new RandomStream(SEED);
    double[] values = new double[Bootstrap.RESAMPLES];
    for (int resample = 0; resample < values.length; resample++) {
      int[][] counts = new int[sizes.length][];
      for (int stratum = 0; stratum < sizes.length; stratum++) {
        counts[stratum] = new int[sizes[stratum]];
        for (int draw = 0; draw < sizes[stratum]; draw++) {
          counts[stratum][random.nextInt(sizes[stratum])]++;
        }
      }
      values[resample] = statistic.applyAsDouble(counts);
    }
    Arrays.sort(values);
    return new Interval(quantile(values, TAIL), quantile(values, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}

package dev.sluice.methods.advantage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Statistics of rewards. */
public final class Rewards {
  /** Rewards that differ by at most this part of the largest are equal but for rounding. */
  private static final double EQUAL = 1e-9;

  private Rewards() {}

  /** The standard deviation that divides. */
  public enum Deviation {
    /** Divided by G - 1 (verl, TRL). */
    SAMPLE,
    /** Divided by G. */
    POPULATION
  }

  /**
   * Whether rewards are all equal, within 1e-9 of the largest of them by size. A group of such has
   * no gradient; no rewards at all are equal, too.
   */
  public static boolean isConstant(double[] rewards) {
    if (rewards.length == 0) {
      return true;
    }
    double least = rewards[0];
    double most = rewards[0];
    for (double reward : rewards) {
      least = Math.min(least, reward);
      most = Math.max(most, reward);
    }
    return most - least <= EQUAL * Math.max(Math.abs(least), Math.abs(most));
  }

  /** The mean; 0 of none. */
  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  /** The standard deviation; 0 where nothing is left to divide by. */
  public static double deviation(double[] values, Deviation deviation) {
    int divisor = deviation == Deviation.SAMPLE ? values.length - 1 : values.length;
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return divisor <= 0 ? 0 : Math.sqrt(squares / divisor);
  }

  /** The values less their mean. */
  public static double[] centred(double[] values) {
    double mean = mean(values);
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = values[i] - mean;
    }
    return centred;
  }

  /** The values less their mean, divided by {@code deviation + epsilon}; all 0 where equal. */
  public static double[] standardised(double[] values, Deviation deviation, double epsilon) {
    if (isConstant(values)) {
      return new double[values.length];
    }
    return divided(centred(values), deviation(values, deviation) + epsilon);
  }

  /** The values of several lists, standardised together, as lists of the same sizes. */
  public static List<double[]> standardisedTogether(
      List<double[]> parts, Deviation deviation, double epsilon) {
    double[] pool = parts.stream().flatMapToDouble(Arrays::stream).toArray();
    double[] all = standardised(pool, deviation, epsilon);
    List<double[]> standardised = new ArrayList<>();
    int begin = 0;
    for (double[] part : parts) {
      standardised.add(Arrays.copyOfRange(all, begin, begin + part.length));
      begin += part.length;
    }
    return standardised;
  }

  /** The values divided by a number. */
  static double[] divided(double[] values, double divisor) {
    return Arrays.stream(values).map(value -> value / divisor).toArray();
  }
}

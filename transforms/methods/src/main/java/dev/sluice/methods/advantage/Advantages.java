package dev.sluice.methods.advantage;

/**
 * Advantages of the responses to one prompt, from one reward each.
 *
 * <ul>
 *   <li>GRPO (DeepSeekMath, arXiv 2402.03300): {@code A_i = (r_i - mean) / (std + eps)}
 *   <li>Dr. GRPO (arXiv 2503.20783): {@code A_i = r_i - mean}
 *   <li>RLOO (arXiv 2402.14740): {@code A_i = r_i - mean of the others = (G r_i - sum) / (G - 1)}
 * </ul>
 *
 * A group of one has nothing to compare with: its advantage is 0.
 */
public final class Advantages {
  private Advantages() {}

  /** An estimator of advantages. */
  public enum Estimator {
    /** Divided by the group's standard deviation. */
    GRPO,
    /** Centred only. */
    DR_GRPO,
    /** Against the mean of the others. */
    RLOO
  }

  /** The standard deviation that divides. */
  public enum Deviation {
    /** Divided by G - 1 (verl, TRL). */
    SAMPLE,
    /** Divided by G. */
    POPULATION
  }

  /**
   * An estimator with its constants.
   *
   * @param estimator the estimator
   * @param deviation which deviation GRPO divides by
   * @param eps added to the deviation, above 0 in a file (verl 1e-6, TRL 1e-4)
   */
  public record Options(Estimator estimator, Deviation deviation, double eps) {
    /** GRPO with the sample's deviation and eps 1e-4. */
    public static final Options DEFAULT = new Options(Estimator.GRPO, Deviation.SAMPLE, 1e-4);
  }

  /** Rewards that differ by at most this part of the largest are equal but for rounding. */
  private static final double EQUAL = 1e-9;

  /** The advantages of a group's rewards, in order; all 0 where the rewards are equal. */
  public static double[] of(double[] rewards, Options options) {
    if (isConstant(rewards)) {
      return new double[rewards.length];
    }
    return switch (options.estimator()) {
      case GRPO -> grpo(rewards, options.deviation(), options.eps());
      case DR_GRPO -> drGrpo(rewards);
      case RLOO -> rloo(rewards);
    };
  }

  /** GRPO: centred, and divided by the deviation + eps. All 0 where all rewards are equal. */
  public static double[] grpo(double[] rewards, Deviation deviation, double eps) {
    if (isConstant(rewards)) {
      // Else what rounding leaves of a difference would be divided by what it leaves of the
      // deviation.
      return new double[rewards.length];
    }
    double std = deviation(rewards, deviation);
    double[] advantages = drGrpo(rewards);
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] /= std + eps;
    }
    return advantages;
  }

  /** Dr. GRPO: centred only. */
  public static double[] drGrpo(double[] rewards) {
    double mean = mean(rewards);
    double[] advantages = new double[rewards.length];
    for (int i = 0; i < rewards.length; i++) {
      advantages[i] = rewards[i] - mean;
    }
    return advantages;
  }

  /** RLOO: each reward minus the mean of the others. */
  public static double[] rloo(double[] rewards) {
    int size = rewards.length;
    double sum = mean(rewards) * size;
    double[] advantages = new double[size];
    for (int i = 0; i < size && size > 1; i++) {
      advantages[i] = (size * rewards[i] - sum) / (size - 1);
    }
    return advantages;
  }

  /**
   * Whether the rewards of a group are all equal, within 1e-9 of the largest of them by size, so
   * that it has no gradient. Dynamic sampling (DAPO, arXiv 2503.14476) drops such groups; the empty
   * group is one.
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

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  static double deviation(double[] values, Deviation deviation) {
    int divisor = deviation == Deviation.SAMPLE ? values.length - 1 : values.length;
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return divisor <= 0 ? 0 : Math.sqrt(squares / divisor);
  }
}

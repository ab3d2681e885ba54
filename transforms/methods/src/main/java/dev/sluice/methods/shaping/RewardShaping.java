package dev.sluice.methods.shaping;

/** Shapes of rewards, each a function of numbers alone. */
public final class RewardShaping {
  private static final double TRUST_START = 0.3;
  private static final double TRUST_DECAY_STEPS = 500;

  private RewardShaping() {}

  /**
   * Clip (arXiv 2410.15115): {@code r_k = min(p_k - eta, 0)}, so that more steps never pay.
   *
   * @param scores score of each step
   * @param eta threshold above which a step's reward is 0
   */
  public static double[] clip(double[] scores, double eta) {
    double[] rewards = new double[scores.length];
    for (int k = 0; k < scores.length; k++) {
      rewards[k] = Math.min(scores[k] - eta, 0);
    }
    return rewards;
  }

  /**
   * Delta (arXiv 2410.15115): {@code r_k = p_k - p_(k+1)}; the last step gets 0, since the success
   * reward is on it, and the one before it keeps {@code p_(K-1)}. The sum of the rewards from step
   * k on is {@code p_k} for every step but the last.
   */
  public static double[] delta(double[] scores) {
    double[] rewards = scores.clone();
    for (int k = 0; k + 2 < scores.length; k++) {
      rewards[k] -= scores[k + 1];
    }
    if (rewards.length > 0) {
      rewards[rewards.length - 1] = 0;
    }
    return rewards;
  }

  /** The sum of the rewards of this step and all later ones, for every step. */
  public static double[] suffixSums(double[] rewards) {
    double[] sums = rewards.clone();
    for (int k = sums.length - 2; k >= 0; k--) {
      sums[k] += sums[k + 1];
    }
    return sums;
  }

  /**
   * Preference as reward (PAR, arXiv 2502.18770): {@code mean_m sigma(k (r - r_m))} over the
   * rewards of m reference responses to the same prompt.
   *
   * @param references rewards of the references, at least one
   * @param k slope, 1 in the paper
   */
  public static double par(double reward, double[] references, double k) {
    double sum = 0;
    for (double reference : references) {
      sum += sigmoid(k * (reward - reference));
    }
    return sum / references.length;
  }

  /** ReNorm of PPR: {@code r_p + r_o - 1}; a constant shift, so without effect once centred. */
  public static double reNorm(double process, double outcome) {
    return process + outcome - 1;
  }

  /**
   * Shaping of Qwen2.5-Math (arXiv 2409.12122): {@code sigma(alpha r_m) + (r_v - 1)}, so that every
   * right answer is above every wrong one.
   *
   * @param model the reward model's score
   * @param verified 1 if the answer is right, else 0
   * @param alpha slope, 0.5 in the paper
   */
  public static double qwenMath(double model, double verified, double alpha) {
    return sigmoid(alpha * model) + (verified - 1);
  }

  /**
   * Weight of a thinking reward in Trust-GRPO (SophiaVL-R1): {@code 0.3 exp(-step / 500) gamma}.
   *
   * @param step training step, from 0
   * @param gamma trust, see {@link #trust}
   */
  public static double trustWeight(int step, double gamma) {
    return TRUST_START * Math.exp(-step / TRUST_DECAY_STEPS) * gamma;
  }

  /** Trust: 1 if right responses think at least as well as wrong ones, else exp(mu_c - mu_w). */
  public static double trust(double meanOfCorrect, double meanOfWrong) {
    return meanOfCorrect >= meanOfWrong ? 1 : Math.exp(meanOfCorrect - meanOfWrong);
  }

  /**
   * The k3 estimate of the KL divergence from the reference on one token: {@code exp(d) - d - 1}.
   *
   * @param d log-probability (nats) under the reference minus that under the policy
   */
  public static double k3(double d) {
    return Math.exp(d) - d - 1;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

package dev.sluice.models;

import java.io.Serializable;

/** What a step minimises. */
public sealed interface Loss extends Serializable {

  /** Weighted next-token cross-entropy: sum(weight * -log p) / sum(weight). */
  record CrossEntropy() implements Loss {}

  /**
   * Weighted binary cross-entropy of a two-class head against a label in [0, 1]: sum(weight * bce)
   * / sum(weight), where p is softmax(logits)[1].
   */
  record StepClassification() implements Loss {}

  /**
   * The clipped policy-gradient loss of PPO and GRPO (METHODS 2.1; clip-higher 2.3): with rho =
   * exp(clamp(log p - log p_old, -20, 20)), -min(rho * A, clip(rho, 1 - low, 1 + high) * A), and
   * for A &lt; 0 at most {@code dualClip * -A}, plus {@code kl} times k3 of METHODS 2.1.
   *
   * @param clipLow lower clip range
   * @param clipHigh upper clip range
   * @param dualClip bound for negative advantages; 0 for none
   * @param kl weight of the k3 estimate against the reference; 0 for none
   * @param aggregation how token losses become one number
   * @param constant the divisor of {@link Aggregation#TOKEN_SUM_CONSTANT} per sequence
   */
  record Policy(
      double clipLow,
      double clipHigh,
      double dualClip,
      double kl,
      Aggregation aggregation,
      double constant)
      implements Loss {}

  /** How token losses of a batch become one number. */
  enum Aggregation {
    /** Mean over all weighted tokens of the batch (DAPO). */
    TOKEN_MEAN,
    /** Mean over sequences of the mean over their tokens (GRPO). */
    SEQUENCE_MEAN_TOKEN_MEAN,
    /** Sum over tokens divided by (sequences * constant) (Dr. GRPO). */
    TOKEN_SUM_CONSTANT,
    /** Mean over sequences of the sum over their tokens. */
    SEQUENCE_MEAN_TOKEN_SUM
  }
}

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
   * for A &lt; 0 at most {@code dualClip * -A}, plus {@code kl} times an estimate of the KL
   * divergence, at most {@code klClamp}. All log-probabilities, those of the batch too, are of
   * log_softmax(logits / temperature): the distribution that the tokens were drawn from.
   *
   * @param clipLow lower clip range
   * @param clipHigh upper clip range
   * @param dualClip bound for negative advantages, above 1 (arXiv 1912.09729, eq. 5); 0 for none
   * @param kl weight of the KL estimate against the reference; 0 for none
   * @param klEstimator the estimate
   * @param klClamp the most that the estimate of a token counts (verl: 10); 0 for no bound
   * @param temperature divides the logits; above 0, and at 1 nothing is divided
   * @param aggregation how token losses become one number
   * @param constant the divisor of {@link Aggregation#TOKEN_SUM_CONSTANT} per sequence
   */
  record Policy(
      double clipLow,
      double clipHigh,
      double dualClip,
      double kl,
      KlEstimator klEstimator,
      double klClamp,
      double temperature,
      Aggregation aggregation,
      double constant)
      implements Loss {

    /** At temperature 1, the KL estimate k3 without a bound. */
    public Policy(
        double clipLow,
        double clipHigh,
        double dualClip,
        double kl,
        Aggregation aggregation,
        double constant) {
      this(clipLow, clipHigh, dualClip, kl, KlEstimator.K3, 0, 1, aggregation, constant);
    }
  }

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

package dev.sluice.models.training;

/**
 * Estimates of the KL divergence of the policy from a reference on one token (Schulman,
 * "Approximating KL Divergence", 2020), from {@code d}: the token's log-probability (nats) under
 * the reference minus that under the policy.
 */
public enum KlEstimator {
  /** {@code -d}: unbiased, of either sign. */
  K1 {
    @Override
    public double of(double d) {
      return -d;
    }

    @Override
    float of(float d, float ratio) {
      return -d;
    }

    @Override
    float derivative(float factor, float d, float ratio) {
      return factor;
    }
  },
  /** {@code d^2 / 2}: biased, of low variance. */
  K2 {
    @Override
    public double of(double d) {
      return d * d / 2;
    }

    @Override
    float of(float d, float ratio) {
      return d * d * 0.5f;
    }

    @Override
    float derivative(float factor, float d, float ratio) {
      return -(factor * d);
    }
  },
  /** {@code exp(d) - d - 1}: unbiased, never below 0 (METHODS 2.1). */
  K3 {
    @Override
    public double of(double d) {
      return Math.exp(d) - d - 1;
    }

    @Override
    float of(float d, float ratio) {
      return ratio - d - 1;
    }

    @Override
    float derivative(float factor, float d, float ratio) {
      return -(factor * ratio - factor);
    }
  };

  /** The estimate. */
  public abstract double of(double d);

  /**
   * The estimate in the engine's precision.
   *
   * @param ratio exp(d), as the engine computes it
   */
  abstract float of(float d, float ratio);

  /**
   * The derivative of factor times the estimate in the token's log-probability under the policy.
   *
   * @param ratio exp(d), as the engine computes it
   */
  abstract float derivative(float factor, float d, float ratio);

  /**
   * The estimate of a token as it counts.
   *
   * @param clamp the most that it counts, of either sign; 0 for no bound
   */
  public double of(double reference, double logprob, double clamp) {
    double farthest = PolicyTokens.MAX_LOG_RATIO;
    double value = of(Math.max(-farthest, Math.min(farthest, reference - logprob)));
    return clamp > 0 ? Math.max(-clamp, Math.min(clamp, value)) : value;
  }
}

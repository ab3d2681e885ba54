package dev.sluice.models;

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
  },
  /** {@code d^2 / 2}: biased, of low variance. */
  K2 {
    @Override
    public double of(double d) {
      return d * d / 2;
    }
  },
  /** {@code exp(d) - d - 1}: unbiased, never below 0 (METHODS 2.1). */
  K3 {
    @Override
    public double of(double d) {
      return Math.exp(d) - d - 1;
    }
  };

  /** Log-probabilities farther apart count as this far (verl). */
  private static final double FARTHEST = 20;

  /** The estimate. */
  public abstract double of(double d);

  /**
   * The estimate of a token as it counts.
   *
   * @param clamp the most that it counts, of either sign; 0 for no bound
   */
  public double of(double reference, double logprob, double clamp) {
    double value = of(Math.max(-FARTHEST, Math.min(FARTHEST, reference - logprob)));
    return clamp > 0 ? Math.max(-clamp, Math.min(clamp, value)) : value;
  }
}

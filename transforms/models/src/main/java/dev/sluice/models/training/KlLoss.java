package dev.sluice.models.training;

/**
 * A weighted estimate of the KL divergence of the policy from the reference, token by token.
 *
 * @param weight of the estimate; above 0
 * @param estimator the estimate
 * @param clamp the most that the estimate of a token counts, of either sign (verl: 10); 0 for no
 *     bound
 */
public record KlLoss(double weight, KlEstimator estimator, double clamp) implements CompletionLoss {

  @Override
  public TokenLosses of(PolicyTokens tokens) {
    TokenLosses all = TokenLosses.zeros(tokens.size());
    float factor = (float) weight;
    float most = clamp > 0 ? (float) clamp : Float.POSITIVE_INFINITY;
    for (int t = 0; t < tokens.size(); t++) {
      float apart = tokens.referenceLogprobs()[t] - tokens.logprobs()[t];
      float distance =
          Math.max(-PolicyTokens.MAX_LOG_RATIO, Math.min(PolicyTokens.MAX_LOG_RATIO, apart));
      float ratio = tokens.referenceRatios()[t];
      float estimate = estimator.of(distance, ratio);
      boolean moves = distance == apart && Math.abs(estimate) <= most;
      all.set(
          t,
          Math.max(-most, Math.min(most, estimate)) * factor,
          moves ? estimator.derivative(tokens.coefficients()[t] * factor, distance, ratio) : 0);
    }
    return all;
  }
}

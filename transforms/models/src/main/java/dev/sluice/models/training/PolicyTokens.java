package dev.sluice.models.training;

/**
 * The tokens of one completion as a policy loss reads them. All arrays have one value per token;
 * log-probabilities are in nats.
 *
 * @param coefficients of each token in the loss of the batch, which is the sum of coefficient times
 *     loss over its tokens
 * @param advantages of each token
 * @param logprobs under the policy in training
 * @param oldLogprobs under the policy that wrote the token
 * @param ratios exp(clamp(logprob - old, -20, 20)), as the engine computes it
 * @param referenceLogprobs under the reference; 0 where the loss reads none
 * @param referenceRatios exp(clamp(reference - logprob, -20, 20)), as the engine computes it
 */
@SuppressWarnings("ArrayRecordComponent")
public record PolicyTokens(
    float[] coefficients,
    float[] advantages,
    float[] logprobs,
    float[] oldLogprobs,
    float[] ratios,
    float[] referenceLogprobs,
    float[] referenceRatios) {

  /** Log-probabilities farther apart count as this far (verl). */
  public static final float MAX_LOG_RATIO = 20;

  /** Number of tokens. */
  public int size() {
    return logprobs.length;
  }

  /**
   * The derivative of a token's ratio in its log-probability: 0 where the difference is clamped.
   */
  public float slope(int token) {
    return Math.abs(logprobs[token] - oldLogprobs[token]) <= MAX_LOG_RATIO ? ratios[token] : 0;
  }
}

package dev.sluice.models;

import java.util.Arrays;

/**
 * How certain a model is at each token of a completion, whatever that token is: figures of the
 * distribution over its whole vocabulary, before any top_p or top_k. Nats. The arrays have one
 * value per token and are not to be changed.
 *
 * @param entropies {@code -sum_v p_v log p_v}: from 0 to {@code log V}
 * @param divergences {@code KL(uniform || p) = -log V - 1/V sum_v log p_v}: 0 for a uniform
 *     distribution, and the greater the more certain (self-certainty, arXiv 2502.18581)
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenCertainty(float[] entropies, float[] divergences) {

  public TokenCertainty {
    if (entropies.length != divergences.length) {
      throw new IllegalArgumentException(
          "There are %d entropies and %d divergences; each token has one of both."
              .formatted(entropies.length, divergences.length));
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(entropies) + ", " + Arrays.toString(divergences);
  }
}

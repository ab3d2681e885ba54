package dev.sluice.methods.advantage;

/**
 * The advantage of a response that was estimated over a round.
 *
 * @param advantage that of the response; the mean of its tokens if they differ
 * @param tokens of each token; empty where all have the response's
 */
@SuppressWarnings("ArrayRecordComponent")
public record EstimatedAdvantage(double advantage, double[] tokens) {

  /** The same advantage for all tokens. */
  public static EstimatedAdvantage of(double advantage) {
    return new EstimatedAdvantage(advantage, RewardedResponse.NONE);
  }
}

package dev.sluice.models;

/**
 * One sampled completion. The arrays are the completion's own and are not to be changed.
 *
 * @param text the text, without special tokens and without the stop text
 * @param tokens the tokens, the end of text included if it was drawn
 * @param logprobs log-probability (nats) of each token under the distribution at temperature 1
 *     without top_p and top_k
 * @param finishReason why it ended
 */
@SuppressWarnings("ArrayRecordComponent")
public record Completion(String text, int[] tokens, float[] logprobs, FinishReason finishReason) {

  /** Why a completion ended. */
  public enum FinishReason {
    /** The end of text or a stop text was drawn. */
    STOP,
    /** The most tokens were reached. */
    LENGTH
  }
}

package dev.sluice.models;

/**
 * Asks for the log-probabilities of a completion.
 *
 * @param prompt tokens before; at least one
 * @param completion tokens to score
 * @param temperature divides the logits before the softmax; above 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoreRequest(int[] prompt, int[] completion, double temperature) {
  /** Asks at temperature 1. */
  public ScoreRequest(int[] prompt, int[] completion) {
    this(prompt, completion, 1);
  }
}

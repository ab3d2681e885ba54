package dev.sluice.models;

import java.util.List;
import java.util.Set;

/**
 * One sampled completion. The arrays are the completion's own and are not to be changed.
 *
 * @param text the text, without special tokens and without the stop text
 * @param tokens the tokens, the end of text included if it was drawn; empty if the model behind a
 *     server keeps them to itself
 * @param logprobs log-probability (nats) of each token under the distribution at temperature 1
 *     without top_p and top_k; empty if a server did not say
 * @param finishReason why it ended
 * @param tokenCount number of its tokens, as a server accounts it
 * @param pieces text of each token of {@code logprobs}, where only a server knows the tokens
 * @param reasoning what a server kept apart as the thought before the text; empty if nothing
 * @param flaws what is wrong with it; mostly nothing
 */
@SuppressWarnings("ArrayRecordComponent")
public record Completion(
    String text,
    int[] tokens,
    float[] logprobs,
    FinishReason finishReason,
    int tokenCount,
    List<String> pieces,
    String reasoning,
    Set<Flaw> flaws) {

  public Completion {
    pieces = List.copyOf(pieces);
    flaws = Set.copyOf(flaws);
  }

  /** A completion whose tokens are known. */
  public Completion(String text, int[] tokens, float[] logprobs, FinishReason finishReason) {
    this(text, tokens, logprobs, finishReason, tokens.length, List.of(), "", Set.of());
  }

  /** Why a completion ended. */
  public enum FinishReason {
    /** The end of text or a stop text was drawn. */
    STOP,
    /** The most tokens were reached. */
    LENGTH
  }
}

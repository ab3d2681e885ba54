package dev.sluice.models.openai.wire;

import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import dev.sluice.models.Flaw;
import java.util.List;
import java.util.Set;

/**
 * One completion as a server gave it: what the response cache keeps.
 *
 * @param text the text
 * @param reasoning the thought before it; empty if the server names none
 * @param finished whether it ended by itself and not at the most tokens
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the text and the thought
 * @param pieces text of each token, if log-probabilities were asked for
 * @param logprobs log-probability (nats) of each of those
 * @param flaws what is wrong with it; mostly nothing
 */
public record Reply(
    String text,
    String reasoning,
    boolean finished,
    int promptTokens,
    int completionTokens,
    List<String> pieces,
    List<Double> logprobs,
    List<Flaw> flaws) {

  public Reply {
    pieces = List.copyOf(pieces);
    logprobs = List.copyOf(logprobs);
    // Replies kept before did not say.
    flaws = flaws == null ? List.of() : List.copyOf(flaws);
  }

  /** A reply without flaws. */
  public Reply(
      String text,
      String reasoning,
      boolean finished,
      int promptTokens,
      int completionTokens,
      List<String> pieces,
      List<Double> logprobs) {
    this(text, reasoning, finished, promptTokens, completionTokens, pieces, logprobs, List.of());
  }

  public Completion completion() {
    float[] values = new float[logprobs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = logprobs.get(i).floatValue();
    }
    return new Completion(
        text,
        new int[0],
        values,
        finished ? FinishReason.STOP : FinishReason.LENGTH,
        completionTokens,
        pieces,
        reasoning,
        Set.copyOf(flaws));
  }
}

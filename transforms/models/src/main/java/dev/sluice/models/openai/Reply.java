package dev.sluice.models.openai;

import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import java.util.List;

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
 */
public record Reply(
    String text,
    String reasoning,
    boolean finished,
    int promptTokens,
    int completionTokens,
    List<String> pieces,
    List<Double> logprobs) {

  public Reply {
    pieces = List.copyOf(pieces);
    logprobs = List.copyOf(logprobs);
  }

  Completion completion() {
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
        reasoning);
  }
}

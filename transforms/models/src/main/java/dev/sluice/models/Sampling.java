package dev.sluice.models;

import java.io.Serializable;
import java.util.List;

/**
 * How tokens are drawn.
 *
 * @param temperature divides the logits before the softmax; 0 takes the most likely token (greedy;
 *     ties to the lowest id)
 * @param topP least set of most likely tokens whose probability reaches this is kept; 1 keeps all
 * @param topK number of most likely tokens that are kept; 0 keeps all
 * @param maxTokens most tokens of a completion, end of text included
 * @param stop texts that end a completion; the stop text itself is left out of the text
 * @param tempered whether log-probabilities of drawn tokens are those of log_softmax(logits /
 *     temperature), as an update of the policy that drew them needs; otherwise those of the model
 *     itself, at temperature 1. Servers report what they report.
 */
public record Sampling(
    double temperature, double topP, int topK, int maxTokens, List<String> stop, boolean tempered)
    implements Serializable {

  public Sampling {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException("A temperature is at least 0, not " + temperature + ".");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top_p lies in (0, 1], but is " + topP + ".");
    }
    if (topK < 0 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "top_k is at least 0 and max_tokens at least 1, not " + topK + " and " + maxTokens + ".");
    }
    stop = List.copyOf(stop);
  }

  /** Sampling whose log-probabilities are those of the model itself, at temperature 1. */
  public Sampling(double temperature, double topP, int topK, int maxTokens, List<String> stop) {
    this(temperature, topP, topK, maxTokens, stop, false);
  }

  /** Plain sampling at a temperature; 0 is greedy. */
  public static Sampling at(double temperature, int maxTokens) {
    return new Sampling(temperature, 1.0, 0, maxTokens, List.of());
  }

  /** The same, ended by other texts. */
  public Sampling endedBy(List<String> texts) {
    return new Sampling(temperature, topP, topK, maxTokens, texts, tempered);
  }

  /** The same, with log-probabilities at the temperature. */
  public Sampling withTemperedLogprobs() {
    return new Sampling(temperature, topP, topK, maxTokens, stop, true);
  }

  /** Whether the most likely token is always taken. */
  public boolean greedy() {
    return temperature == 0;
  }
}

package dev.sluice.stages.text;

import java.util.List;
import java.util.OptionalDouble;

/** The tokens of a completion in which its final answer stands. */
public final class AnswerTokens {
  private AnswerTokens() {}

  /**
   * Mean log-probability (nats) of the tokens that reach into the answer, at its last place in the
   * text.
   *
   * @param tokenTexts the text of each token of the completion, in order
   * @param logprobs of each token
   * @param answer the extracted answer
   * @return empty if the text does not hold the answer as it stands
   */
  public static OptionalDouble meanLogprob(
      List<String> tokenTexts, float[] logprobs, String answer) {
    int begin = answer.isEmpty() ? -1 : String.join("", tokenTexts).lastIndexOf(answer);
    if (begin < 0) {
      return OptionalDouble.empty();
    }
    int offset = 0;
    int tokens = 0;
    double sum = 0;
    for (int t = 0; t < tokenTexts.size(); t++) {
      int end = offset + tokenTexts.get(t).length();
      if (end > begin && offset < begin + answer.length()) {
        sum += logprobs[t];
        tokens++;
      }
      offset = end;
    }
    return OptionalDouble.of(sum / tokens);
  }
}

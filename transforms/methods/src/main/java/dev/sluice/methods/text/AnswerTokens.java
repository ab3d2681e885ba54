package dev.sluice.methods.text;

import dev.sluice.models.TokenSpans;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** The tokens of a completion in which its final answer stands. */
public final class AnswerTokens {
  private AnswerTokens() {}

  /**
   * Mean log-probability (nats) of the tokens that reach into the answer, at its last place in the
   * text.
   *
   * @param text the completion's
   * @param tokens their places in it, in order
   * @param logprobs of each token
   * @param answer the extracted answer
   * @return empty if the text does not hold the answer as it stands
   */
  public static OptionalDouble meanLogprob(
      String text, TokenSpans tokens, float[] logprobs, String answer) {
    return mean(text, tokens, logprobs, answer, logprob -> logprob);
  }

  /** The same of their probabilities. */
  public static OptionalDouble meanProbability(
      String text, TokenSpans tokens, float[] logprobs, String answer) {
    return mean(text, tokens, logprobs, answer, Math::exp);
  }

  private static OptionalDouble mean(
      String text, TokenSpans tokens, float[] logprobs, String answer, DoubleUnaryOperator value) {
    int begin = answer.isEmpty() ? -1 : text.lastIndexOf(answer);
    if (begin < 0) {
      return OptionalDouble.empty();
    }
    int counted = 0;
    double sum = 0;
    for (int t = 0; t < tokens.size(); t++) {
      int end = tokens.ends()[t];
      if (end > begin && tokens.begins()[t] < begin + answer.length()) {
        sum += value.applyAsDouble(logprobs[t]);
        counted++;
      }
    }
    return counted == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / counted);
  }
}

package dev.sluice.methods.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.TokenSpans;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnswerTokensTest {
  private static final float[] LOGPROBS = {-1, -2, -4, -8, -16};

  @Test
  void answerIsTakenAtItsLastPlace() {
    List<String> tokens = List.of("12", "=", "1", "2", "");
    assertThat(mean(tokens, "12")).hasValue(-6);
  }

  /** METHODS 2.26: the mean of probabilities, not of their logarithms. */
  @Test
  void meanProbability_isThatOfProbabilities() {
    float[] logprobs = {-9, (float) Math.log(0.9), (float) Math.log(0.1)};
    assertThat(
            AnswerTokens.meanProbability(
                    "=12", TokenSpans.ofPieces(List.of("=", "1", "2")), logprobs, "12")
                .orElseThrow())
        .isCloseTo(0.5, org.assertj.core.api.Assertions.within(1e-7));
  }

  @Test
  void tokenThatReachesIntoTheAnswerCounts() {
    List<String> tokens = List.of("so", " $1", "8.", "00", " ok");
    assertThat(mean(tokens, "18.00")).hasValue(-14 / 3.0);
  }

  @Test
  void answerThatDoesNotStandInTheTextHasNone() {
    List<String> tokens = List.of("6", "5", ",", "0", "0");
    assertThat(mean(tokens, "6500")).isEmpty();
    assertThat(mean(tokens, "")).isEmpty();
  }

  /** Three tokens are the bytes of one character, and each of them was drawn. */
  @Test
  void allTokensOfACharacterOfTheAnswerCount() {
    TokenSpans tokens = new TokenSpans(new int[] {0, 7, 7, 7, 8}, new int[] {7, 8, 8, 8, 8});
    assertThat(AnswerTokens.meanLogprob("Answer:三", tokens, LOGPROBS, "三")).hasValue(-14 / 3.0);
  }

  private static OptionalDouble mean(List<String> pieces, String answer) {
    return AnswerTokens.meanLogprob(
        String.join("", pieces), TokenSpans.ofPieces(pieces), LOGPROBS, answer);
  }
}

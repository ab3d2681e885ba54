package dev.sluice.stages.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTokensTest {
  private static final float[] LOGPROBS = {-1, -2, -4, -8, -16};

  @Test
  void answerIsTakenAtItsLastPlace() {
    List<String> tokens = List.of("12", "=", "1", "2", "");
    assertThat(AnswerTokens.meanLogprob(tokens, LOGPROBS, "12")).hasValue(-6);
  }

  @Test
  void tokenThatReachesIntoTheAnswerCounts() {
    List<String> tokens = List.of("so", " $1", "8.", "00", " ok");
    assertThat(AnswerTokens.meanLogprob(tokens, LOGPROBS, "18.00")).hasValue(-14 / 3.0);
  }

  @Test
  void answerThatDoesNotStandInTheTextHasNone() {
    List<String> tokens = List.of("6", "5", ",", "0", "0");
    assertThat(AnswerTokens.meanLogprob(tokens, LOGPROBS, "6500")).isEmpty();
    assertThat(AnswerTokens.meanLogprob(tokens, LOGPROBS, "")).isEmpty();
  }
}

package dev.sluice.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers keep whose tokens are at hand: models in this process. */
public abstract class TokenModelContract extends LanguageModelContract {

  @Override
  protected String tooLong() {
    return "1".repeat(model.info().contextLength() + 1);
  }

  @Test
  void saysTheLengthsOfAPromptThatDoesNotFit() {
    GenerationRequest request =
        new GenerationRequest(tooLong(), Sampling.at(0, 10), List.of(1L, 2L));
    assertThat(model.generate(List.of(request)).get(0).error())
        .contains(String.valueOf(model.info().contextLength()));
  }

  @Test
  void countsTheTokensOfPrompts() {
    for (GenerationRequest request : requests(Sampling.at(1, 20), 1L, 2L)) {
      assertThat(model.generate(List.of(request)).get(0).promptTokens())
          .isEqualTo(model.encode(request.prompt()).length);
    }
  }

  @Test
  void stopTextIsTheEndOfTheTokens() {
    for (GenerationRequest request : requests(Sampling.at(1, 40), 3L)) {
      String stop = first(request).text().substring(2, 4);
      Completion cut =
          first(
              new GenerationRequest(
                  request.prompt(), new Sampling(1, 1, 0, 40, List.of(stop)), List.of(3L)));
      assertThat(model.decode(cut.tokens())).isEqualTo(cut.text() + stop);
    }
  }

  private Completion first(GenerationRequest request) {
    return model.generate(List.of(request)).get(0).completions().get(0);
  }

  @Test
  void textAndTokensAndLogprobsBelongTogether() {
    for (Generation generation : model.generate(requests(Sampling.at(1, 40), 1L, 2L))) {
      for (Completion completion : generation.completions()) {
        assertThat(model.decode(completion.tokens())).isEqualTo(completion.text());
        assertThat(completion.logprobs()).hasSameSizeAs(completion.tokens());
        for (float logprob : completion.logprobs()) {
          assertThat(logprob).isLessThanOrEqualTo(0);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.7, 1.5})
  void scoresWhatItWrote(double temperature) {
    List<GenerationRequest> requests =
        requests(Sampling.at(temperature, 40).withTemperedLogprobs(), 1L);
    List<Generation> generations = model.generate(requests);
    List<ScoreRequest> asked = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      asked.add(
          new ScoreRequest(
              model.encode(requests.get(i).prompt()),
              generations.get(i).completions().get(0).tokens(),
              temperature));
      // Requests at another temperature do not disturb.
      asked.add(new ScoreRequest(model.encode(requests.get(i).prompt()), new int[] {3}, 2));
    }
    List<float[]> scores = model.score(asked);
    for (int i = 0; i < generations.size(); i++) {
      float[] written = generations.get(i).completions().get(0).logprobs();
      assertThat(scores.get(2 * i)).hasSameSizeAs(written);
      for (int t = 0; t < written.length; t++) {
        assertThat(scores.get(2 * i)[t]).isCloseTo(written[t], within(1e-4f));
      }
    }
    assertThat(model.score(List.of())).isEmpty();
  }

  @Test
  void encodesAndDecodes() {
    String text = "23+4=27\n27-8=19 y\n#19?";
    assertThat(model.decode(model.encode(text))).isEqualTo(text);
    assertThat(model.encode("")).isEmpty();
  }
}

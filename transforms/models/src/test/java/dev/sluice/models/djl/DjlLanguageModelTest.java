package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.Sampling;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenModelContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class DjlLanguageModelTest extends TokenModelContract {

  @Override
  protected LanguageModel open() {
    return DjlModels.languageModel("solver", TinySolver.folder(), DjlModels.DECODE_BATCH);
  }

  @Test
  void aCharacterOutsideTheVocabularyFailsAlone() {
    try (LanguageModel model = open()) {
      List<Generation> generations =
          model.generate(
              List.of(
                  new GenerationRequest("2+2é:", Sampling.at(0, 5), List.of(1L)),
                  new GenerationRequest("2+2:", Sampling.at(0, 5), List.of(1L))));
      assertThat(generations.get(0).error())
          .isEqualTo(
              "The character 'é' (U+00E9) at position 3 of the text is not in the model's"
                  + " vocabulary. Leave it out, or take a model that knows it.");
      assertThat(generations.get(1).error()).isNull();
    }
  }

  @Test
  void theContextEndsACompletion() {
    try (LanguageModel model = open()) {
      String prompt = "1".repeat(250);
      Generation generation =
          model
              .generate(List.of(new GenerationRequest(prompt, Sampling.at(1, 64), List.of(4L))))
              .get(0);
      assertThat(generation.completions().get(0).tokens().length).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void aRowToScoreThatDoesNotFitIsRefused() {
    try (LanguageModel model = open()) {
      assertThatThrownBy(() -> model.score(List.of(new ScoreRequest(new int[200], new int[57]))))
          .isInstanceOf(ModelException.class)
          .hasMessage("A row to score has 257 tokens; the model's context holds 1 to 256.");
    }
  }

  @Test
  void aLanguageModelIsNoClassifier() {
    assertThatThrownBy(() -> DjlModels.stepClassifier("solver", TinySolver.folder()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("solver is a language model and does not classify steps.");
  }
}

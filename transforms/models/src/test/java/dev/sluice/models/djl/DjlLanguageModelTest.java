package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.Endpoint;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenModelContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** The template puts the colon that the plain prompt has itself. */
  @Test
  void aChatGoesThroughTheTemplate(@TempDir Path folder) throws IOException {
    copy(TinySolver.folder(), folder);
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        "{% for m in messages %}{{ m.content if m.role == 'user' }}:{% endfor %}");
    List<GenerationRequest> plain =
        List.of(new GenerationRequest("12+3:", Sampling.at(1, 20), List.of(1L, 2L, 3L)));
    List<GenerationRequest> chat =
        List.of(new GenerationRequest("12+3", Sampling.at(1, 20), List.of(1L, 2L, 3L)));
    try (LanguageModel completions = new DjlRuntime().open(folder);
        LanguageModel chats = new DjlRuntime().open(folder, Precision.FLOAT32, Endpoint.CHAT)) {
      Generation expected = completions.generate(plain).get(0);
      Generation generation = chats.generate(chat).get(0);
      assertThat(generation.promptTokens()).isEqualTo(5);
      for (int i = 0; i < 3; i++) {
        assertThat(generation.completions().get(i).tokens())
            .containsExactly(expected.completions().get(i).tokens());
      }
    }
  }

  @Test
  void halfTheBitsGiveNearlyTheSame() {
    try (LanguageModel whole = open();
        LanguageModel half =
            new DjlRuntime().open(TinySolver.folder(), Precision.BFLOAT16, Endpoint.COMPLETIONS)) {
      List<ScoreRequest> requests =
          List.of(new ScoreRequest(whole.encode("12+3:"), whole.encode("12+3=15\n#15")));
      float[] expected = whole.score(requests).get(0);
      float[] scores = half.score(requests).get(0);
      assertThat(scores).isNotEqualTo(expected);
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i]).isCloseTo(expected[i], within(.1f));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
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

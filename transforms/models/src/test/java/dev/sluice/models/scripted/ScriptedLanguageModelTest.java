package dev.sluice.models.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.TokenModelContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptedLanguageModelTest extends TokenModelContract {

  @Override
  protected LanguageModel open() {
    return new ScriptedLanguageModel(
        "scripted",
        "1",
        (prompt, sampling, index, seed) ->
            prompt + "=" + (sampling.greedy() ? 0 : seed) + "\nabcd#" + prompt.length());
  }

  @Test
  void repliesByPromptAndSeed() {
    ScriptedLanguageModel model =
        ScriptedLanguageModel.of("scripted", Map.of("2+2:", List.of("4", "5")));
    Generation known =
        model
            .generate(
                List.of(new GenerationRequest("2+2:", Sampling.at(1, 9), List.of(0L, 1L, -1L))))
            .get(0);
    assertThat(known.completions()).extracting("text").containsExactly("4", "5", "5");
    assertThat(model.completions()).isEqualTo(3);
    Generation unknown =
        model
            .generate(List.of(new GenerationRequest("3+3:", Sampling.at(1, 9), List.of(0L))))
            .get(0);
    assertThat(unknown.error()).isEqualTo("The script has no reply to \"3+3:\".");
    assertThat(model.info().revision())
        .isEqualTo(
            ScriptedLanguageModel.of("other", Map.of("2+2:", List.of("4", "5"))).info().revision())
        .isNotEqualTo(
            ScriptedLanguageModel.of("other", Map.of("2+2:", List.of("4"))).info().revision());
  }
}

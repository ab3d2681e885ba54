package org.example.echo;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.models.provider.OpenRequest;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;

/** A third party's provider: all that it takes to add one. */
@Kind(value = "echo", doc = "Says the prompt again.")
public record EchoSpec(
    @Key(value = "Text in front of the prompt.", byDefault = "Again: ") String before,
    @Key(value = "How loud.", byDefault = "1", min = 1, tuning = true) int volume)
    implements ModelProvider {

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty("before", before.isBlank() ? "before must not be blank" : "");
  }

  @Override
  public LanguageModel open(OpenRequest request) {
    return new ScriptedLanguageModel(
        request.model().location(),
        request.model().revision(),
        (prompt, sampling, sample, seed) -> before + prompt + "#" + (sampling.greedy() ? 0 : seed));
  }
}

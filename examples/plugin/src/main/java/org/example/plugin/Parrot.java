package org.example.plugin;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.models.provider.OpenRequest;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** A provider of models that always say the same: a judge that one can rely on. */
@Kind(value = "parrot", doc = "Always says the same.")
public record Parrot(@Key("What it says.") String reply) implements ModelProvider {

  @Override
  public LanguageModel open(OpenRequest request) {
    return new ScriptedLanguageModel(
        request.model().location(),
        request.model().revision(),
        (prompt, sampling, sample, seed) -> reply);
  }
}

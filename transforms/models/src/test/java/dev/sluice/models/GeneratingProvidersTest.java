package dev.sluice.models;

import dev.sluice.models.provider.ModelProvider;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.models.scripted.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of language models, for every provider that the class path brings. */
@Tag("native")
@ParameterizedClass
@MethodSource("dev.sluice.models.ProviderExamples#generating")
class GeneratingProvidersTest extends LanguageModelContract {
  private static final int LONG = 5000;

  @Parameter String word = "";

  private final ScriptedServer server =
      ScriptedServer.of(
              new ScriptedLanguageModel(
                  "scripted",
                  "1",
                  (prompt, sampling, index, seed) ->
                      prompt + "=" + (sampling.greedy() ? 0 : seed) + "\nabcd#"))
          .takingSamples(1);

  @Override
  protected LanguageModel open() {
    ModelProvider provider = ProviderExamples.of(word, server.url());
    return provider.open(ProviderExamples.request(provider));
  }

  @Override
  protected String tooLong() {
    int context = model.info().contextLength();
    return "1".repeat(context < LONG ? context + 1 : LONG);
  }

  @AfterEach
  void stop() {
    server.close();
  }
}

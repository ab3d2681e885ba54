package dev.sluice.models;

import dev.sluice.models.provider.ModelProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of embedders, for every provider that the class path brings. */
@Tag("native")
@ParameterizedClass
@MethodSource("dev.sluice.models.ProviderExamples#embedding")
class EmbeddingProvidersTest extends EmbedderContract {
  @Parameter String word = "";

  @Override
  protected Embedder open() {
    ModelProvider provider = ProviderExamples.of(word);
    return provider.openEmbedder(ProviderExamples.request(provider));
  }
}

package dev.sluice.models;

import dev.sluice.models.openai.Specs;
import dev.sluice.models.provider.Capability;
import dev.sluice.models.provider.DjlSpec;
import dev.sluice.models.provider.ModelEntry;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.models.provider.OnnxSpec;
import dev.sluice.models.provider.OpenRequest;
import dev.sluice.models.provider.ScriptedSpec;
import dev.sluice.parts.Registry;
import dev.sluice.records.manifest.FileHashes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.example.echo.EchoSpec;

/** One model of each provider that is registered, to hold it to what providers promise. */
final class ProviderExamples {
  private static final Map<String, Function<String, ModelProvider>> EXAMPLES =
      Map.of(
          "djl", url -> DjlSpec.usual("builtin:tiny-solver"),
          "openai", url -> Specs.of(url, Endpoint.CHAT),
          "onnx", url -> new OnnxSpec("builtin:all-minilm-l6-v2"),
          "scripted", url -> new ScriptedSpec(Map.of("*", List.of("no answer to this"))),
          "echo", url -> new EchoSpec("Again: ", 1));

  private ProviderExamples() {}

  /** The words of all providers that the class path brings. */
  static Stream<String> words() {
    return Registry.get().parts(ModelProvider.class).keySet().stream();
  }

  static Stream<String> generating() {
    return words().filter(word -> can(word, Capability.GENERATES));
  }

  static Stream<String> embedding() {
    return words().filter(word -> can(word, Capability.EMBEDS));
  }

  private static boolean can(String word, Capability capability) {
    return of(word).capabilities().contains(capability);
  }

  /** An example that nobody asks. */
  static ModelProvider of(String word) {
    return of(word, "http://127.0.0.1:1/v1");
  }

  /**
   * An example.
   *
   * @param url of the server that it is behind, if it is behind one
   */
  static ModelProvider of(String word, String url) {
    Function<String, ModelProvider> example = EXAMPLES.get(word);
    if (example == null) {
      throw new AssertionError(
          "The provider '%s' has no example here, so nothing holds it to what providers promise; add one."
              .formatted(word));
    }
    return example.apply(url);
  }

  static OpenRequest request(ModelProvider provider) {
    return OpenRequest.alone(
        provider.identity(
            new ModelEntry("example", provider.toString(), List.of(), new FileHashes())));
  }
}

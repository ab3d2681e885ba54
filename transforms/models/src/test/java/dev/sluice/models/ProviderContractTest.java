package dev.sluice.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.provider.Capability;
import dev.sluice.models.provider.DjlSpec;
import dev.sluice.models.provider.ModelEntry;
import dev.sluice.models.provider.ModelIdentity;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.models.provider.OnnxSpec;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.OpenRequest;
import dev.sluice.models.provider.ScriptedSpec;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.FileHashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.example.echo.EchoSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every provider promises besides what its models do. */
@Tag("native")
class ProviderContractTest {
  private static final String ALL = "dev.sluice.models.ProviderExamples#words";

  @Test
  void thePluginsBringTheProviders() {
    assertThat(Registry.get().parts(ModelProvider.class))
        .isEqualTo(
            Map.of(
                "djl", DjlSpec.class,
                "openai", OpenAiSpec.class,
                "onnx", OnnxSpec.class,
                "scripted", ScriptedSpec.class,
                "echo", EchoSpec.class));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void saysWhatItIs(String word) {
    ModelProvider provider = ProviderExamples.of(word);
    Class<? extends Record> type =
        Objects.requireNonNull(Registry.get().parts(ModelProvider.class).get(word));
    assertThat(provider).isInstanceOf(type);
    assertThat(provider.name()).isEqualTo(word);
    assertThat(Objects.requireNonNull(type.getAnnotation(Kind.class)).doc()).endsWith(".");
    for (RecordComponent component : type.getRecordComponents()) {
      Key key = Objects.requireNonNull(component.getAnnotation(Key.class), component.getName());
      assertThat(key.value()).contains(".");
    }
    assertThat(provider.capabilities()).isNotEmpty();
    assertThat(provider.check("")).isEmpty();
    assertThat(provider.look()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void travelsToWorkers(String word) throws Exception {
    ModelProvider provider = ProviderExamples.of(word);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(provider);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(provider);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void isKnownAgain(String word) {
    ModelIdentity identity = ProviderExamples.request(ProviderExamples.of(word)).model();
    assertThat(ProviderExamples.request(ProviderExamples.of(word)).model()).isEqualTo(identity);
    assertThat(identity.location()).isNotEmpty();
    assertThat(identity.revision()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void refusesWhatItCannotDo(String word) {
    ModelProvider provider = ProviderExamples.of(word);
    OpenRequest request = ProviderExamples.request(provider);
    Set<Capability> can = provider.capabilities();
    String location = request.model().location();
    if (!can.contains(Capability.GENERATES)) {
      assertThatThrownBy(() -> provider.open(request))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "The model '%s' of the provider '%s' generates no text. Name a model of another provider here.",
              location, word);
    }
    if (!can.contains(Capability.EMBEDS)) {
      assertThatThrownBy(() -> provider.openEmbedder(request))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "The model '%s' generates text and gives no vectors. Name a model of the provider 'onnx' here.",
              location);
    }
    if (can.contains(Capability.TRAINS)) {
      assertThat(provider.folder(request)).isDirectoryContaining("glob:**config.json");
    } else {
      assertThatThrownBy(() -> provider.folder(request))
          .isInstanceOf(ModelException.class)
          .hasMessageEndingWith("Name a model of the provider 'djl'.");
      assertThatThrownBy(() -> provider.openClassifier(request))
          .isInstanceOf(ModelException.class)
          .hasMessageEndingWith("Name a model of the provider 'djl'.");
    }
  }

  /** The engine is in the fingerprints of stages with these, as it always was. */
  @Test
  void theProgramsOwnComputeWhereTheyDid() {
    assertThat(ProviderExamples.words())
        .filteredOn(
            word -> ProviderExamples.of(word).capabilities().contains(Capability.COMPUTES_HERE))
        .containsExactlyInAnyOrder("djl", "scripted");
    assertThat(ProviderExamples.words())
        .filteredOn(word -> ProviderExamples.of(word).server().isPresent())
        .containsExactly("openai");
  }

  @Test
  void aProviderWithoutAnIdentityOfItsOwnIsKnownByItsKeysAndByWhatIsInItsFiles(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one");
    ModelProvider echo = new EchoSpec("Again: ", 1);
    String plain = revision(echo, "{}", List.of());
    assertThat(revision(echo, "{}", List.of())).isEqualTo(plain);
    assertThat(revision(echo, "{\"before\":\"x\"}", List.of())).isNotEqualTo(plain);
    String ofFile = revision(echo, "{}", List.of(file.toString()));
    String ofFolder = revision(echo, "{}", List.of(folder.toString()));
    assertThat(Set.of(plain, ofFile, ofFolder)).hasSize(3);
    Path other = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-moved"));
    Files.move(file, other.resolve("a.txt"));
    assertThat(revision(echo, "{}", List.of(other.toString()))).isEqualTo(ofFolder);
    Files.writeString(other.resolve("a.txt"), "two, longer");
    assertThat(revision(echo, "{}", List.of(other.toString()))).isNotEqualTo(ofFolder);
    assertThat(revision(echo, "{}", List.of("builtin:a")))
        .isNotEqualTo(revision(echo, "{}", List.of("builtin:b")));
  }

  private static String revision(ModelProvider provider, String keys, List<String> paths) {
    return provider.identity(new ModelEntry("m", keys, paths, new FileHashes())).revision();
  }

  @Test
  void aMistakeNamesItsKey() {
    assertThat(new EchoSpec(" ", 1).check(""))
        .containsExactly(new ConfigMistake("before", "before must not be blank"));
  }

  /** A fingerprint sees the entries sorted. */
  @Test
  void aScriptAnswersTheSameInWhateverOrderItIsWritten() {
    Map<String, List<String>> one = new LinkedHashMap<>();
    one.put("b", List.of("said b"));
    one.put("a", List.of("said a"));
    one.put("*", List.of("said 0", "said 1"));
    ModelProvider provider = new ScriptedSpec(one);
    try (LanguageModel model = provider.open(ProviderExamples.request(provider))) {
      List<Generation> generations =
          model.generate(
              List.of(
                  new GenerationRequest("a or b", Sampling.at(1, 9), List.of(1L)),
                  new GenerationRequest("c", Sampling.at(1, 9), List.of(1L, 2L, 3L))));
      assertThat(generations.get(0).completions()).extracting("text").containsExactly("said a");
      assertThat(generations.get(1).completions())
          .extracting("text")
          .containsExactly("said 0", "said 1", "said 0");
    }
  }
}

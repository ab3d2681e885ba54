package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.StoredType;
import dev.sluice.models.directory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class ModelConverterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  static Stream<Path> everyFolder() throws IOException {
    return Stream.concat(
        FamiliesTest.all().stream().map(FamiliesTest.root()::resolve),
        AdaptersTest.all().stream().map(AdaptersTest.root()::resolve));
  }

  private static List<float[]> compute(Path model, Precision precision) {
    try (TokenIdModel opened = DjlModels.tokenIdModel(model, 8, precision)) {
      return FamiliesTest.compute(opened, List.of(new int[] {5, 9, 33, 7, 1}, new int[] {2, 3}));
    }
  }

  private static void same(List<float[]> some, List<float[]> others) {
    assertThat(some).hasSameSizeAs(others);
    for (int i = 0; i < some.size(); i++) {
      assertThat(some.get(i)).as("row %d", i).containsExactly(others.get(i));
    }
  }

  /** To the bit, in both precisions: 32 bits hold all that is stored and merged. */
  @ParameterizedTest
  @MethodSource("everyFolder")
  void aCopyComputesTheSame(Path model) throws IOException {
    Path out = folder.resolve("out");
    ModelConverter.Result result = ModelConverter.convert(model, out, StoredType.FLOAT32);
    assertThat(result.types()).containsExactly(StoredType.FLOAT32);
    assertThat(Files.exists(out.resolve("adapter_config.json"))).isFalse();
    same(compute(out, Precision.FLOAT32), compute(model, Precision.FLOAT32));
    same(compute(out, Precision.BFLOAT16), compute(model, Precision.BFLOAT16));
    assertThat(JSON.readTree(out.resolve("config.json").toFile()).path("torch_dtype").asText())
        .isEqualTo("float32");
  }

  /** Without a type nothing but the form changes. */
  @Test
  void aModelInSeveralFilesBecomesOneOfTheSameContent() throws IOException {
    Path from = FamiliesTest.root().resolve("qwen2");
    ModelConverter.Result result = ModelConverter.convert(from, folder, null);
    assertThat(result.types()).containsExactly(StoredType.BFLOAT16);
    assertThat(result.files())
        .containsExactly("config.json", "generation_config.json", "model.safetensors");
    assertThat(result.revision()).isEqualTo(ModelDirectory.revision(from));
    JsonNode before = JSON.readTree(from.resolve("config.json").toFile());
    JsonNode after = JSON.readTree(folder.resolve("config.json").toFile());
    before
        .fieldNames()
        .forEachRemaining(key -> assertThat(after.get(key)).isEqualTo(before.get(key)));
  }

  private static float[] values(Path model, String name) {
    return Objects.requireNonNull(ModelDirectory.weights(model).tensors().get(name)).values();
  }

  @Test
  void numbersAreRoundedToTheNearest() throws IOException {
    Path from = FamiliesTest.root().resolve("llama-tied");
    ModelConverter.convert(from, folder.resolve("half"), StoredType.FLOAT16);
    ModelConverter.convert(from, folder.resolve("brain"), StoredType.BFLOAT16);
    String name = "model.layers.0.mlp.up_proj.weight";
    float[] exact = values(from, name);
    float[] half = values(folder.resolve("half"), name);
    float[] brain = values(folder.resolve("brain"), name);
    for (int i = 0; i < exact.length; i++) {
      assertThat(Math.abs(half[i] - exact[i])).isLessThanOrEqualTo(Math.ulp(exact[i]) * 0x1p12f);
      assertThat(Math.abs(brain[i] - exact[i])).isLessThanOrEqualTo(Math.ulp(exact[i]) * 0x1p15f);
    }
    assertThat(Files.size(folder.resolve("half").resolve("model.safetensors")))
        .isLessThan(Files.size(from.resolve("model.safetensors")) * 6 / 10);
  }

  @Test
  void aNumberTooLargeForTheType() throws IOException {
    Path from = Files.createDirectories(folder.resolve("from"));
    copyOf("llama", from);
    Path file = from.resolve("model.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(file).tensors());
    tensors.put("model.norm.weight", new Tensor(new long[] {32}, new float[32]));
    Objects.requireNonNull(tensors.get("model.norm.weight")).values()[3] = 70_000;
    Safetensors.write(file, tensors, Map.of());
    Path out = folder.resolve("out");
    assertThatThrownBy(() -> ModelConverter.convert(from, out, StoredType.FLOAT16))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            file
                + ": the tensor \"model.norm.weight\" holds 70000.0 at element 3, which float16"
                + " cannot hold. Convert to bfloat16 or float32.");
    assertThat(out).doesNotExist();
    ModelConverter.convert(from, out, StoredType.BFLOAT16);
    assertThat(values(out, "model.norm.weight")[3]).isEqualTo(70_144f);
  }

  private static void copyOf(String name, Path to) throws IOException {
    try (Stream<Path> files = Files.list(FamiliesTest.root().resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path note = Files.writeString(folder.resolve("note"), "mine");
    Path from = FamiliesTest.root().resolve("llama");
    for (Path out : List.of(folder, note)) {
      assertThatThrownBy(() -> ModelConverter.convert(from, out, null))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              out + " is not an empty folder, and nothing is overwritten. Name a new folder.");
    }
    assertThat(folder).isDirectoryContaining("glob:**/note");
    assertThat(Files.readString(note)).isEqualTo("mine");
  }

  /** The adapter's settings, with the base's tokenizer and template, which it does not name. */
  @Test
  void theTextSideIsThatOfTheAdapterOrElseOfItsBase() throws IOException {
    Path base = Files.createDirectories(folder.resolve("base"));
    copyOf("llama", base);
    Files.writeString(base.resolve("tokenizer.json"), "{\"model\":{}}");
    Files.writeString(base.resolve("tokenizer_config.json"), "{\"chat_template\":\"base\"}");
    Files.writeString(base.resolve("special_tokens_map.json"), "{\"bos_token\":\"<b>\"}");
    Path adapter = Files.createDirectories(folder.resolve("adapter"));
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.copy(AdaptersTest.root().resolve("llama-all").resolve(name), adapter.resolve(name));
    }
    Path config = adapter.resolve("adapter_config.json");
    Files.writeString(config, Files.readString(config).replace("../../families/llama", "../base"));

    Path first = folder.resolve("first");
    assertThat(ModelConverter.convert(adapter, first, null).files())
        .containsExactly(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json");
    assertThat(ChatFiles.read(first).template(false)).isEqualTo("base");

    Files.writeString(adapter.resolve("tokenizer_config.json"), "{\"bos_token\":\"<a>\"}");
    Path second = folder.resolve("second");
    assertThat(ModelConverter.convert(adapter, second, null).files())
        .containsExactly(
            "chat_template.jinja",
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json");
    assertThat(ChatFiles.read(second).template(false)).isEqualTo("base");
    assertThat(ChatFiles.read(second).specialTokens())
        .containsExactly(Map.entry("bos_token", "<a>"));

    Files.writeString(adapter.resolve("chat_template.jinja"), "adapter");
    Path third = folder.resolve("third");
    ModelConverter.convert(adapter, third, null);
    assertThat(ChatFiles.read(third).template(false)).isEqualTo("adapter");
  }
}

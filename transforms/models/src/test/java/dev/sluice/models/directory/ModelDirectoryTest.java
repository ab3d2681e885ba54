package dev.sluice.models.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("flink")
class ModelDirectoryTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static Map<String, Tensor> weights(float value) {
    return Map.of("w", new Tensor(new long[] {2}, new float[] {1, value}));
  }

  private String revision(ModelDirectory directory, Map<String, Tensor> weights) {
    directory.write(folder, weights);
    return ModelDirectory.revision(folder);
  }

  @Test
  void readsWhatItWrites() {
    ModelDirectory directory = TinyModel.directory();
    directory.write(folder, weights(2));
    ModelDirectory read = ModelDirectory.read(folder);
    assertThat(read.config()).isEqualTo(directory.config());
    assertThat(read.tokenizer()).isEqualTo(directory.tokenizer());
  }

  @Test
  void theGenerationConfigSaysWhatEndsAText() throws IOException {
    TinyModel.directory().write(folder, weights(2));
    Files.writeString(
        folder.resolve(ModelDirectory.GENERATION_CONFIG), "{\"eos_token_id\": [5, 1]}");
    assertThat(ModelDirectory.read(folder).config().endTokens()).containsExactly(1, 5);
  }

  @Test
  void theRevisionCoversWeightsConfigurationAndTokenizer() {
    ModelDirectory directory = TinyModel.directory();
    String revision = revision(directory, weights(2));
    assertThat(revision).matches("[0-9a-f]{64}").isEqualTo(revision(directory, weights(2)));
    assertThat(revision(directory, weights(3))).isNotEqualTo(revision);
    assertThat(revision(directory, Map.of("v", new Tensor(new long[] {2}, new float[] {1, 2}))))
        .isNotEqualTo(revision);
    assertThat(revision(directory, Map.of("w", new Tensor(new long[] {2, 1}, new float[] {1, 2}))))
        .isNotEqualTo(revision);
    ModelDirectory otherEnd =
        new ModelDirectory(directory.config().withEndTokens(List.of(2)), directory.tokenizer());
    assertThat(revision(otherEnd, weights(2))).isNotEqualTo(revision);
    ModelDirectory otherTokenizer = new ModelDirectory(directory.config(), new byte[] {'{', '}'});
    assertThat(revision(otherTokenizer, weights(2))).isNotEqualTo(revision);
  }

  @Test
  void theRevisionDoesNotDependOnTheOrderInTheFile() throws IOException {
    TinyModel.directory().write(folder, weights(2));
    Tensor one = new Tensor(new long[] {1}, new float[] {1});
    Tensor two = new Tensor(new long[] {1}, new float[] {2});
    Path file = folder.resolve(ModelDirectory.WEIGHTS);
    Map<String, Tensor> tensors = new java.util.LinkedHashMap<>();
    tensors.put("a", one);
    tensors.put("b", two);
    Safetensors.write(file, tensors, Map.of());
    String revision = ModelDirectory.revision(folder);
    tensors.remove("a");
    tensors.put("a", one);
    Safetensors.write(file, tensors, Map.of("format", "pt"));
    assertThat(ModelDirectory.revision(folder)).isEqualTo(revision);
  }

  @Test
  void namesWhatIsMissingOrNoJson() throws IOException {
    assertThatThrownBy(() -> ModelDirectory.read(folder))
        .isInstanceOf(ModelException.class)
        .hasMessage(folder.resolve("config.json") + " does not exist; a model directory needs it.");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": ");
    assertThatThrownBy(() -> ModelDirectory.read(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder.resolve("config.json") + " is not JSON: ");
  }
}

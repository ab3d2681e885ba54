package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a directory is said in one sentence: file, value, rule. */
@Tag("native")
class DamagedModelTest {
  private static final String SECOND = "model-00002-of-00003.safetensors";
  private static final String NORM = "model.norm.weight";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.list(FamiliesTest.root().resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
  }

  /** Changes one tensor of a directory whose weights are in one file. */
  private void change(String name, long[] shape, float value) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(file).tensors());
    float[] values = new float[(int) (shape[0] * (shape.length > 1 ? shape[1] : 1))];
    values[values.length - 1] = value;
    tensors.put(name, new Tensor(shape, values));
    Safetensors.write(file, tensors, Map.of());
  }

  private void refused(String message) {
    assertThatThrownBy(
            () -> DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32).logprobs(List.of()))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }

  @Test
  void aMissingShard() throws IOException {
    copy("qwen2");
    Files.delete(folder.resolve(SECOND));
    refused(
        folder.resolve(SECOND)
            + " does not exist, but model.safetensors.index.json places weights in it. Restore or"
            + " download it again.");
  }

  @Test
  void aShardThatEndsEarly() throws IOException {
    copy("qwen2");
    byte[] bytes = Files.readAllBytes(folder.resolve(SECOND));
    Files.write(folder.resolve(SECOND), java.util.Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder.resolve(SECOND) + " is damaged: it ends at byte ");
  }

  @Test
  void anIndexThatPlacesATensorWrongly() throws IOException {
    copy("qwen2");
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index,
        Files.readString(index)
            .replaceAll("\"model.norm.weight\": \"[^\"]*\"", "\"other\": \"" + SECOND + "\""));
    refused(
        folder.resolve(SECOND)
            + " has no tensor \"other\", but model.safetensors.index.json places it there. Restore"
            + " or download it again.");
  }

  @Test
  void anotherShape() throws IOException {
    copy("llama");
    change(NORM, new long[] {31}, 1);
    refused(
        folder.resolve("model.safetensors")
            + ": the tensor \"model.norm.weight\" has the shape [31], but config.json asks for"
            + " [32].");
  }

  @Test
  void aVocabularyLargerThanTheEmbedding() throws IOException {
    copy("llama");
    change("model.embed_tokens.weight", new long[] {90, 32}, 1);
    refused(
        folder.resolve("model.safetensors")
            + ": the tensor \"model.embed_tokens.weight\" has the shape [90, 32], but config.json"
            + " asks for [96, 32].");
  }

  @Test
  void aWeightThatIsNoNumber() throws IOException {
    copy("llama");
    change(NORM, new long[] {32}, Float.NaN);
    refused(
        folder.resolve("model.safetensors")
            + ": the tensor \"model.norm.weight\" holds NaN at element 31; the weights are"
            + " unusable. Take an earlier checkpoint.");
  }

  @Test
  void aTokenWithoutARow() throws IOException {
    copy("llama");
    try (TokenIdModel model = DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32)) {
      assertThatThrownBy(() -> model.logprobs(List.of(new int[] {1, 96})))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "The token 96 has no row in the embedding of "
                  + folder
                  + ", which has 96 (vocab_size). Take tokens from 0 to 95.");
    }
  }

  @Test
  void aMissingTokenizerWhereTextIsNeeded() throws IOException {
    copy("mistral");
    try (var model = DjlModels.languageModel("m", folder, 4)) {
      assertThatThrownBy(() -> model.encode("a"))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              folder.resolve("tokenizer.json")
                  + " does not exist; text cannot become tokens without it. Add it.");
    }
  }

  @Test
  void aTokenizerLargerThanTheEmbedding() throws IOException {
    copy("mistral");
    StringBuilder vocabulary = new StringBuilder();
    for (int i = 0; i < 97; i++) {
      vocabulary.append(i == 0 ? "" : ",").append("\"t").append(i).append("\":").append(i);
    }
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{" + vocabulary + "}}}");
    try (var model = DjlModels.languageModel("m", folder, 4)) {
      assertThatThrownBy(() -> model.encode("a"))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              folder.resolve("tokenizer.json")
                  + " has tokens up to 96, but the embedding has 96 rows (vocab_size). Take the"
                  + " tokenizer that belongs to the model.");
    }
  }
}

package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that says its head is the embedding, and holds a head. */
@Tag("native")
class OutputHeadTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String OUTPUT = "lm_head.weight";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  /** A copy of a tied model with a head made of its embedding. */
  private Path model(String name, boolean flag, UnaryOperator<Tensor> head) throws IOException {
    Path from = FamiliesTest.root().resolve("llama-tied");
    Path out = Files.createDirectory(folder.resolve(name));
    ObjectNode config = (ObjectNode) JSON.readTree(from.resolve("config.json").toFile());
    JSON.writeValue(out.resolve("config.json").toFile(), config.put("tie_word_embeddings", flag));
    Map<String, Tensor> tensors = new LinkedHashMap<>(ModelDirectory.weights(from).tensors());
    tensors.put(OUTPUT, head.apply(Objects.requireNonNull(tensors.get(EMBEDDING))));
    Safetensors.write(out.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
    return out;
  }

  /** The last element alone is another one, so that all pieces are compared. */
  private static Tensor other(Tensor embedding) {
    float[] values = embedding.values().clone();
    values[values.length - 1] += 1;
    return new Tensor(embedding.shape(), values);
  }

  private static List<float[]> compute(Path model) {
    try (TokenIdModel opened = DjlModels.tokenIdModel(model, 8, Precision.FLOAT32)) {
      return FamiliesTest.compute(opened, List.of(new int[] {5, 9, 33, 7, 1}, new int[] {2, 3}));
    }
  }

  private static boolean tied(Path model) {
    return ModelDirectory.read(model).config().tieWordEmbeddings();
  }

  @Test
  void aHeadThatDiffers_isKept() throws IOException {
    Path tied = model("tied", true, OutputHeadTest::other);
    Path untied = model("untied", false, OutputHeadTest::other);
    assertThat(tied(tied)).isFalse();
    List<float[]> expected = compute(untied);
    List<float[]> found = compute(tied);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i));
    }
    assertThat(ModelDirectory.revision(tied)).isEqualTo(ModelDirectory.revision(untied));
  }

  @Test
  void aConversion_keepsTheHeadAndSaysSo() throws IOException {
    Path tied = model("tied", true, OutputHeadTest::other);
    Path out = folder.resolve("out");
    ModelConverter.Result result = ModelConverter.convert(tied, out, null);
    assertThat(result.revision()).isEqualTo(ModelDirectory.revision(tied));
    assertThat(
            JSON.readTree(out.resolve("config.json").toFile())
                .path("tie_word_embeddings")
                .booleanValue())
        .isFalse();
    Tensor kept = ModelDirectory.weights(out).tensors().get(OUTPUT);
    Tensor given = ModelDirectory.weights(tied).tensors().get(OUTPUT);
    assertThat(Objects.requireNonNull(kept).values())
        .containsExactly(Objects.requireNonNull(given).values());
  }

  @Test
  void anEqualHead_isTheEmbedding() throws IOException {
    assertThat(tied(model("equal", true, embedding -> embedding))).isTrue();
    assertThat(tied(FamiliesTest.root().resolve("llama-tied"))).isTrue();
    assertThat(tied(model("said", false, embedding -> embedding))).isFalse();
  }

  @Test
  void aHeadThatIsReplaced_isSeenAgain() throws IOException {
    Path model = model("model", true, embedding -> embedding);
    assertThat(tied(model)).isTrue();
    Path other = model("other", true, OutputHeadTest::other);
    Files.delete(model.resolve("model.safetensors"));
    Files.copy(other.resolve("model.safetensors"), model.resolve("model.safetensors"));
    Files.setLastModifiedTime(
        model.resolve("model.safetensors"), java.nio.file.attribute.FileTime.fromMillis(1));
    assertThat(tied(model)).isFalse();
  }

  @Test
  void look_saysWhatIsOddWithoutOpeningTheModel() throws IOException {
    Path tied = model("tied", true, OutputHeadTest::other);
    assertThat(ModelDirectory.look(tied))
        .containsExactly(
            "%s/model.safetensors: config.json says tie_word_embeddings: true, but lm_head.weight differs from model.embed_tokens.weight. The head in the file is kept, as transformers 5 does; set tie_word_embeddings to false to say so, or remove the tensor if the embedding is meant."
                .formatted(tied));
    assertThat(ModelDirectory.look(model("equal", true, embedding -> embedding))).isEmpty();
    assertThat(ModelDirectory.look(model("said", false, OutputHeadTest::other))).isEmpty();
    Files.delete(tied.resolve("model.safetensors"));
    assertThatThrownBy(() -> ModelDirectory.look(tied))
        .isInstanceOf(ModelException.class)
        .hasMessage(tied + "/model.safetensors does not exist; a model directory needs it.");
  }

  @Test
  void aHeadOfAnotherShape_isRefusedByName() throws IOException {
    Path model =
        model(
            "model",
            true,
            embedding ->
                new Tensor(
                    new long[] {1, embedding.shape()[1]}, new float[(int) embedding.shape()[1]]));
    assertThat(tied(model)).isFalse();
    assertThatThrownBy(() -> compute(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the tensor \"lm_head.weight\" has the shape [1, ");
  }

  @Test
  void withoutWeights_theFlagCounts() throws IOException {
    Path model = model("model", true, OutputHeadTest::other);
    Files.delete(model.resolve("model.safetensors"));
    assertThat(tied(model)).isTrue();
  }
}

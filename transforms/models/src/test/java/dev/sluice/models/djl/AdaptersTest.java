package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.djl.decode.LoadedModel;
import dev.sluice.models.djl.engine.ParameterLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Adapters beside PEFT, which computes with base and adapter side by side: the directories and
 * {@code expected.json} are made by {@code src/test/python/adapters.py}.
 */
@Tag("native")
public class AdaptersTest {
  private static final double NEAR = 1e-4;

  public static Path root() {
    return FamiliesTest.root().resolveSibling("adapters");
  }

  static List<String> all() throws IOException {
    try (Stream<Path> found = Files.list(root())) {
      return found.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  static List<String> languageModels() throws IOException {
    return all().stream().filter(name -> !name.matches(".*-(value|steps)")).toList();
  }

  public static JsonNode expected(String name) throws IOException {
    return new ObjectMapper().readTree(root().resolve(name).resolve("expected.json").toFile());
  }

  @ParameterizedTest
  @MethodSource("all")
  void computesWhatPeftComputes(String name) throws IOException {
    JsonNode expected = expected(name);
    JsonNode wanted = expected.path(expected.has("logprobs") ? "logprobs" : "logits");
    try (TokenIdModel model = DjlModels.tokenIdModel(root().resolve(name), 8, Precision.FLOAT32)) {
      FamiliesTest.compare(
          FamiliesTest.compute(model, FamiliesTest.rows(expected.path("rows"))), wanted, NEAR);
    }
  }

  @ParameterizedTest
  @MethodSource("languageModels")
  void continuesAsPeftDoes(String name) throws IOException {
    JsonNode expected = expected(name);
    List<int[]> prompts = FamiliesTest.rows(expected.path("rows"));
    List<int[]> wanted = FamiliesTest.rows(expected.path("greedy"));
    try (TokenIdModel model = DjlModels.tokenIdModel(root().resolve(name), 8, Precision.FLOAT32)) {
      List<List<Long>> seeds = Collections.nCopies(prompts.size(), List.of(0L));
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(model.generate(prompts, Sampling.at(0, 16), seeds, false).get(i).get(0).tokens())
            .as("row %d", i)
            .containsExactly(wanted.get(i));
      }
    }
  }

  @Test
  void theHeadIsTheAdapters() {
    assertThat(ModelDirectory.read(root().resolve("llama-value")).config().head())
        .isEqualTo(Head.SEQUENCE_CLASSIFICATION);
    assertThat(ModelDirectory.read(root().resolve("qwen2-steps")).config().head())
        .isEqualTo(Head.STEP_CLASSIFICATION);
  }

  /** A change of one use of a shared matrix makes two of it. */
  @Test
  void sharedMatricesPart() {
    assertThat(ModelDirectory.read(root().resolve("qwen2")).config().tieWordEmbeddings()).isTrue();
    assertThat(ModelDirectory.read(root().resolve("qwen2-embedding")).config().tieWordEmbeddings())
        .isFalse();
  }

  @Test
  void aRevisionIsThatOfBaseAndAdapter() throws IOException {
    List<String> revisions =
        Stream.of("llama-all", "llama-layers", "llama-value")
            .map(name -> ModelDirectory.revision(root().resolve(name)))
            .toList();
    assertThat(revisions).doesNotHaveDuplicates();
    assertThat(revisions)
        .doesNotContain(ModelDirectory.revision(FamiliesTest.root().resolve("llama")));
    assertThat(ModelDirectory.revision(root().resolve("llama-all"))).isEqualTo(revisions.get(0));
  }

  @Test
  void weightsInOnePieceAreTheSame() {
    Path folder = root().resolve("llama-all");
    ParameterLayout layout = new ParameterLayout(ModelDirectory.read(folder).config());
    float[] flat = layout.gather(folder, ModelDirectory.weights(folder));
    try (LoadedModel model = new LoadedModel(folder, "", Precision.FLOAT32, Device.cpu())) {
      float[] first = model.weights().get(0).toFloatArray();
      assertThat(first).containsExactly(java.util.Arrays.copyOf(flat, first.length));
      float[] joint = model.weights().get(4).toFloatArray();
      assertThat(joint)
          .containsExactly(
              java.util.Arrays.copyOfRange(flat, first.length, first.length + joint.length));
    }
  }
}

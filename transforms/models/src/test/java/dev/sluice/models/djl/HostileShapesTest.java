package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.djl.tokens.TextTokenizer;
import dev.sluice.models.djl.tokens.Vocabulary;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.TrainerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sizes that a configuration claims and the weights do not have are found before memory is taken.
 */
@Tag("native")
class HostileShapesTest {
  private static final Optimizer OPTIMIZER = new Optimizer(1e-3, 0.9, 0.98, 1e-8, 0, 0, 1, null, 1);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  /** A whole model whose configuration claims something else. */
  private void claims(String key, int value) throws IOException {
    try (Stream<Path> files = Files.list(FamiliesTest.root().resolve("llama"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    ObjectMapper json = new ObjectMapper();
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) json.readTree(Files.readAllBytes(file));
    Files.write(file, json.writeValueAsBytes(config.put(key, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vocab_size|16777216|the tensor \"model.embed_tokens.weight\" has the shape [96, 32], but config.json asks for [16777216, 32].",
        "intermediate_size|1048576|the tensor \"model.layers.0.mlp.gate_proj.weight\" has the shape [48, 32], but config.json asks for [1048576, 32].",
        "head_dim|131072|the tensor \"model.layers.0.self_attn.q_proj.weight\" has the shape [32, 32], but config.json asks for [524288, 32].",
        "hidden_size|131072|the tensor \"model.embed_tokens.weight\" has the shape [96, 32], but config.json asks for [96, 131072].",
        "num_hidden_layers|1024|no tensor \"model.layers.2.self_attn.q_proj.weight\"; it does not belong to this config.json."
      })
  void sizesThatTheWeightsDoNotHave_areRefusedBeforeAnythingIsAllocated(
      String key, int value, String how) throws IOException {
    claims(key, value);
    Path weights = folder.resolve("model.safetensors");
    String message = weights + (how.startsWith("no tensor") ? " has " : ": ") + how;
    assertThatThrownBy(() -> DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () ->
                new DjlRuntime()
                    .train(
                        folder,
                        new TrainerOptions(OPTIMIZER, 1, TrainerOptions.Head.LANGUAGE_MODEL)))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> ModelConverter.convert(folder, folder.resolve("copy"), null))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "-1", "4294967296", "1.5", "\"3\"", "null", "16777216"})
  void tokenWithAnIdThatIsNone_isRefusedByItsName(String id) {
    String characters =
        """
        {"added_tokens": [], "normalizer": null, "post_processor": null, "decoder": {"type": "Fuse"},
         "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[\\\\s\\\\S]"}, "behavior": "Isolated"},
         "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"a": 0, "b": %s}}}""";
    String message =
        "m: tokenizer.json gives the token 'b' the id %s in %s; ids are whole numbers from 0 to 16777215. Restore or download the file again.";
    assertThatThrownBy(() -> TextTokenizer.of(bytes(characters.formatted(id)), "m"))
        .isInstanceOf(ModelException.class)
        .hasMessage(message.formatted(id, "model.vocab"));
    assertThatThrownBy(() -> Vocabulary.ownSize(bytes(characters.formatted(id)), "m"))
        .hasMessage(message.formatted(id, "model.vocab"));
    String added = "{\"added_tokens\": [{\"id\": %s, \"content\": \"b\"}], \"model\": {}}";
    assertThatThrownBy(() -> TextTokenizer.of(bytes(added.formatted(id)), "m"))
        .hasMessage(message.formatted(id, "added_tokens"));
  }

  @Test
  void addedTokenWithoutAnId_isRefusedByItsName() {
    assertThatThrownBy(
            () -> TextTokenizer.of(bytes("{\"added_tokens\": [{\"content\": \"b\"}]}"), "m"))
        .hasMessage(
            "m: tokenizer.json gives the token 'b' the id none in added_tokens; ids are whole numbers from 0 to 16777215. Restore or download the file again.");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

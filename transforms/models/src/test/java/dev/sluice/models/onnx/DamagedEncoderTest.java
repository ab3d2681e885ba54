package dev.sluice.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedEncoderTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @BeforeEach
  void copy() throws IOException {
    EncoderFixture.copy("bert", folder);
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> OnnxModels.open("e", folder.toString()).embed(List.of("a")))
        .isInstanceOf(ModelException.class)
        .hasMessage(message.replace("FOLDER", folder.toString()));
  }

  @Test
  void namesAFolderThatIsNotThere() {
    assertThatThrownBy(() -> OnnxModels.open("e", "nowhere"))
        .hasMessage(
            "There is no directory 'nowhere'. An encoder is a directory with model.onnx and tokenizer.json, or builtin:all-minilm-l6-v2.");
    assertThatThrownBy(() -> OnnxModels.open("e", "builtin:minilm"))
        .hasMessage("There is no built-in encoder 'minilm'; there is all-minilm-l6-v2.");
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    refuses(
        "FOLDER has no tokenizer.json, so that it reads no text. Save the tokenizer of the encoder there (transformers: tokenizer.save_pretrained).");
    Files.delete(folder.resolve("model.onnx"));
    refuses(
        "FOLDER has no model.onnx, here or in onnx/. Export the encoder (sentence-transformers: SentenceTransformer(NAME, backend=\"onnx\").save_pretrained).");
  }

  @Test
  void doesNotGuessAmongGraphs() throws IOException {
    Files.createDirectory(folder.resolve("onnx"));
    Files.move(folder.resolve("model.onnx"), folder.resolve("onnx/model_O2.onnx"));
    Files.copy(folder.resolve("onnx/model_O2.onnx"), folder.resolve("onnx/model_q.onnx"));
    refuses(
        "FOLDER has several graphs (onnx/model_O2.onnx, onnx/model_q.onnx) and none called model.onnx, so that it is not clear which is meant. Rename the one.");
    Files.delete(folder.resolve("onnx/model_q.onnx"));
    try (OnnxEmbedder only = OnnxModels.open("e", folder.toString())) {
      assertThat(only.dimensions()).isEqualTo(16);
    }
  }

  @Test
  void refusesADamagedGraph() throws IOException {
    byte[] graph = Files.readAllBytes(folder.resolve("model.onnx"));
    Files.write(folder.resolve("model.onnx"), java.util.Arrays.copyOf(graph, graph.length / 2));
    assertThatThrownBy(() -> OnnxModels.open("e", folder.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder.resolve("model.onnx") + " cannot be loaded: ")
        .hasMessageEndingWith("Export it again, or take another encoder.");
  }

  @Test
  void refusesADamagedTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{");
    assertThatThrownBy(() -> OnnxModels.open("e", folder.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder + ": tokenizer.json cannot be loaded: ");
  }

  @Test
  void refusesATokenizerOfAnotherEncoder() throws IOException {
    Files.copy(
        EncoderFixture.place("roberta").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(
            () -> OnnxModels.open("e", folder.toString()).embed(List.of("Who wrote Hamlet?")))
        .isInstanceOf(ModelException.class)
        .hasMessageMatching(
            "(?s)\\Q" + folder.resolve("model.onnx") + "\\E cannot read a text of \\d+ tokens: .*");
  }

  @Test
  void refusesWhatChangesTheVectorsAndIsNotKnown() throws IOException {
    Files.writeString(folder.resolve("1_Pooling/config.json"), "{\"pooling_mode\": \"attention\"}");
    refuses(
        "FOLDER/1_Pooling/config.json: the pooling_mode 'attention' is not known; there are cls, max, mean, mean_sqrt_len_tokens, weightedmean, lasttoken.");
    Files.writeString(
        folder.resolve("modules.json"), "[{\"type\": \"sentence_transformers.models.Dense\"}]");
    refuses(
        "FOLDER/modules.json names the module 'Dense', which changes the vectors and is not supported; there are Transformer, Pooling and Normalize. Take an encoder without it.");
    Files.writeString(folder.resolve("modules.json"), "[");
    assertThatThrownBy(() -> OnnxModels.open("e", folder.toString()))
        .hasMessageStartingWith(folder.resolve("modules.json") + " is not JSON: ");
  }

  @Test
  void refusesAPromptThatIsNotCounted() throws IOException {
    Files.writeString(
        folder.resolve("config_sentence_transformers.json"),
        "{\"default_prompt_name\": \"ask\", \"prompts\": {\"ask\": \"query: \"}}");
    Files.writeString(
        folder.resolve("1_Pooling/config.json"),
        "{\"pooling_mode\": \"mean\", \"include_prompt\": false}");
    refuses(
        "FOLDER/config_sentence_transformers.json puts 'query: ' before every text and does not count it (include_prompt: false in 1_Pooling/config.json), which is not supported. Take an encoder that counts it, or set default_prompt_name to null.");
  }

  @Test
  void refusesAContextWithoutRoom() throws IOException {
    Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 2}");
    refuses(
        "The encoder reads 2 tokens at once, and 2 of them are special ones, so that no text has room.");
  }

  @Test
  void logitsAreNoStates() {
    assertThatThrownBy(() -> Encoder.load(EncoderFixture.place("graphs/logits.onnx")))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "logits.onnx gives [logits]; an encoder gives the states of all tokens as 32-bit numbers (batch x tokens x width). Export it as feature extraction.");
  }

  @Test
  void aWidthThatTheGraphDoesNotSayIsSeen() {
    try (Encoder encoder = Encoder.load(EncoderFixture.place("graphs/dynamic.onnx"))) {
      assertThat(encoder.width()).isEqualTo(3);
      assertThat(encoder.states(new int[] {2, 0})).containsExactly(6, 7, 8, 0, 1, 2);
    }
  }

  @Test
  void positionsBehindThatOfThePaddingAreNotCounted(@TempDir Path other) throws IOException {
    EncoderFixture.copy("roberta", other);
    Files.delete(other.resolve("sentence_bert_config.json"));
    Files.delete(other.resolve("tokenizer_config.json"));
    // 98 positions, of which two lie up to that of the padding.
    assertThat(EncoderSettings.read(other).maxTokens()).isEqualTo(96);
  }

  @Test
  void aModelWithAGraphBesideItsWeightsIsNoEncoder() throws IOException {
    assertThat(OnnxModels.isEncoder(folder.toString())).isTrue();
    Files.write(folder.resolve("model.safetensors"), new byte[8]);
    assertThat(OnnxModels.isEncoder(folder.toString())).isTrue();
    Files.delete(folder.resolve("modules.json"));
    assertThat(OnnxModels.isEncoder(folder.toString())).isFalse();
  }

  @Test
  void everyFileThatDecidesIsInItsRevision() throws IOException {
    String before = OnnxModels.revision(folder.toString());
    Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 100}");
    String changed = OnnxModels.revision(folder.toString());
    assertThat(changed).isNotEqualTo(before);
    // Weights may lie in files of any name beside the graph.
    Files.write(folder.resolve("encoder.layer.0.weight"), new byte[] {1});
    String outside = OnnxModels.revision(folder.toString());
    assertThat(outside).isNotEqualTo(changed);
    Files.writeString(folder.resolve("README.md"), "For people.");
    assertThat(OnnxModels.revision(folder.toString())).isEqualTo(outside);
  }
}

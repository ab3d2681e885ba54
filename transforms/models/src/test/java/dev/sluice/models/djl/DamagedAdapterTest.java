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
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with an adapter's folder is said in one sentence: file, value, rule, next step. */
@Tag("native")
class DamagedAdapterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String A = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final Path base = FamiliesTest.root().resolve("llama");

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.list(AdaptersTest.root().resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
  }

  @BeforeEach
  void anAdapterWithItsBasePathWhole() throws IOException {
    copy("llama-all");
    config(json -> json.put("base_model_name_or_path", base.toString()));
  }

  private Path config() {
    return folder.resolve("adapter_config.json");
  }

  private Path weights() {
    return folder.resolve("adapter_model.safetensors");
  }

  private void config(Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(config().toFile());
    change.accept(json);
    JSON.writeValue(config().toFile(), json);
  }

  private void tensors(Consumer<Map<String, Tensor>> change) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(weights()).tensors());
    change.accept(tensors);
    Safetensors.write(weights(), tensors, Map.of());
  }

  private void refused(String message) {
    assertThatThrownBy(() -> DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32).close())
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "peft_type                 | \"IA3\"       | \"LORA\"",
        "use_dora                  | true          | absent",
        "use_qalora                | true          | absent",
        "layer_replication         | [[0,1]]       | absent",
        "trainable_token_indices   | [3]           | absent",
        "target_parameters         | [\"experts\"] | absent",
        "alora_invocation_tokens   | [1]           | absent",
        "lora_bias                 | true          | absent",
        "bias                      | \"all\"       | \"none\"",
        "task_type                 | \"SEQ_2_SEQ_LM\" | \"CAUSAL_LM\", \"SEQ_CLS\" and \"TOKEN_CLS\"",
      })
  void whatIsNotBuiltIsRefusedByName(String key, String value, String supported)
      throws IOException {
    Object given = JSON.readTree(value);
    config(json -> json.putPOJO(key, given));
    refused(
        config()
            + ": "
            + key
            + " is "
            + value
            + ", which changes the computation and is not supported; supported is "
            + supported
            + ".");
  }

  @Test
  void aStartThatChangesTheBase() throws IOException {
    config(json -> json.put("init_lora_weights", "pissa_niter_4"));
    refused(
        config()
            + ": init_lora_weights is \"pissa_niter_4\", which changes the computation and is not"
            + " supported; supported is true, \"gaussian\" and others that leave the base as it is;"
            + " let PEFT convert the adapter (path_initial_model_for_weight_conversion).");
  }

  @Test
  void keysThatChangeNothing() throws IOException {
    String before = ModelDirectory.revision(folder);
    config(
        json ->
            json.put("fan_in_fan_out", true)
                .put("lora_dropout", 0.3)
                .put("some_new_key", 1)
                .put("init_lora_weights", "gaussian"));
    assertThat(ModelDirectory.revision(folder)).isEqualTo(before);
    config(json -> json.put("lora_alpha", 7));
    assertThat(ModelDirectory.revision(folder)).isNotEqualTo(before);
  }

  @Test
  void aBaseThatIsAHubsName() throws IOException {
    config(json -> json.put("base_model_name_or_path", "Qwen/Qwen2.5-0.5B"));
    refused(
        config()
            + ": base_model_name_or_path is \"Qwen/Qwen2.5-0.5B\", but "
            + folder.resolve("Qwen/Qwen2.5-0.5B")
            + " is no folder. Models are not fetched from a hub: download the base, and write its"
            + " folder there, absolute or counted from the adapter's folder.");
  }

  @Test
  void baseOfACopiedWorkspace_isThatOfTheCopy(@TempDir Path top) throws IOException {
    Path old = top.resolve("old/artifacts/TrainReward/f1/a1/model");
    copyInto(base, old);
    Path adapter = top.resolve("old/artifacts/UpdatePolicy/f2/a1/model/adapter");
    config(json -> json.put("base_model_name_or_path", old.toString()));
    copyInto(folder, adapter);
    String before = ModelDirectory.revision(adapter);
    for (String from :
        List.of(
            "artifacts/TrainReward/f1/a1/model", "artifacts/UpdatePolicy/f2/a1/model/adapter")) {
      copyInto(top.resolve("old").resolve(from), top.resolve("moved to/elsewhere").resolve(from));
    }
    Path copied = top.resolve("moved to/elsewhere/artifacts/UpdatePolicy/f2/a1/model/adapter");
    // The copy's own base counts, whether or not the first workspace is still there.
    Files.writeString(old.resolve("config.json"), "{}");
    assertThat(ModelDirectory.revision(copied)).isEqualTo(before);
    Files.delete(old.resolve("config.json"));
    assertThat(ModelDirectory.revision(copied)).isEqualTo(before);
    // A base outside of the workspace stays where it is.
    config(json -> json.put("base_model_name_or_path", base.toString()));
    copyInto(folder, copied);
    assertThat(ModelDirectory.revision(copied)).isEqualTo(ModelDirectory.revision(folder));
  }

  private static void copyInto(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void noBase() throws IOException {
    config(json -> json.putNull("base_model_name_or_path"));
    refused(
        config()
            + ": base_model_name_or_path must be the folder of the model that was adapted, but is"
            + " null.");
  }

  @Test
  void anAdapterOnAnAdapter() throws IOException {
    Path other = AdaptersTest.root().resolve("llama-all");
    config(json -> json.put("base_model_name_or_path", other.toString()));
    refused(
        config()
            + ": base_model_name_or_path is \""
            + other
            + "\", but "
            + other
            + " holds an adapter itself; an adapter stands on a whole model. Merge that one first"
            + " (sluice model convert) and write the merged model's folder there.");
  }

  @Test
  void aMissingTensor() throws IOException {
    tensors(tensors -> tensors.remove(A));
    refused(
        weights()
            + " has no tensor \""
            + A
            + "\", but target_modules in adapter_config.json asks for one at the module"
            + " model.layers.0.self_attn.q_proj of "
            + base
            + ". Restore the adapter's files, or write there what the adapter has.");
  }

  @Test
  void aTensorLeftOver() throws IOException {
    tensors(tensors -> tensors.put("base_model.model.x.lora_A.weight", tensor(4, 32)));
    refused(
        weights()
            + ": the tensor \"base_model.model.x.lora_A.weight\" belongs to nothing that"
            + " adapter_config.json names in the model "
            + base
            + ". Check target_modules, modules_to_save, task_type and base_model_name_or_path.");
  }

  /** PEFT would warn and leave a layer without its change. */
  @Test
  void targetsThatAreFewerThanTensors() throws IOException {
    config(json -> json.putArray("target_modules").add("q_proj"));
    refused(
        weights()
            + ": the tensor \"base_model.model.model.layers.0.mlp.down_proj.lora_A.weight\" belongs"
            + " to nothing that adapter_config.json names in the model "
            + base
            + " (nor do 23 others). Check target_modules, modules_to_save, task_type and"
            + " base_model_name_or_path.");
  }

  private static Tensor tensor(int rows, int columns) {
    float[] values = new float[rows * columns];
    Arrays.fill(values, 0.5f);
    return new Tensor(new long[] {rows, columns}, values);
  }

  @Test
  void anotherShape() throws IOException {
    tensors(tensors -> tensors.put(A, tensor(4, 31)));
    refused(
        weights()
            + ": the tensor \""
            + A
            + "\" has the shape [4, 31], but adapter_config.json and the tensor"
            + " \"model.layers.0.self_attn.q_proj.weight\" [32, 32] of "
            + base.resolve("model.safetensors")
            + " ask for [4, 32]. Take the base that the adapter was trained on.");
  }

  @Test
  void anotherRank() throws IOException {
    config(json -> json.put("r", 5));
    assertThatThrownBy(() -> DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32))
        .hasMessageContaining("has the shape [4, 48], but adapter_config.json")
        .hasMessageContaining("ask for [5, 48].");
  }

  @Test
  void aNumberThatIsNone() throws IOException {
    tensors(
        tensors -> {
          Tensor a = tensor(4, 32);
          a.values()[127] = Float.NaN;
          tensors.put(A, a);
        });
    refused(
        weights()
            + ": the tensor \""
            + A
            + "\" holds NaN at element 127; the weights are unusable. Take an earlier checkpoint.");
  }

  @Test
  void aFileThatEndsEarly() throws IOException {
    byte[] bytes = Files.readAllBytes(weights());
    Files.write(weights(), Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(weights() + " is damaged: it ends at byte ");
  }

  @Test
  void noWeights() throws IOException {
    Files.delete(weights());
    refused(
        weights()
            + " does not exist; the folder has an adapter_config.json, so its weights lie there."
            + " Restore it, or save the adapter as safetensors (PEFT: save_pretrained(folder,"
            + " safe_serialization=True)).");
  }

  @Test
  void aBaseOfAnotherSize() throws IOException {
    config(
        json ->
            json.put(
                "base_model_name_or_path", FamiliesTest.root().resolve("llama-tied").toString()));
    assertThatThrownBy(() -> DjlModels.tokenIdModel(folder, 4, Precision.FLOAT32))
        .hasMessageContaining("k_proj.lora_B.weight\" has the shape [16, 4], but")
        .hasMessageEndingWith("Take the base that the adapter was trained on.");
  }

  @Test
  void aRegularExpressionThatIsNone() throws IOException {
    config(json -> json.put("target_modules", "(q"));
    refused(
        config()
            + ": target_modules must be a regular expression (Unclosed group), but is \"(q\".");
  }

  /** Its head would be random. */
  @Test
  void aClassifierWithoutItsHead() throws IOException {
    config(json -> json.put("task_type", "SEQ_CLS"));
    refused(
        weights()
            + " has no tensor \"base_model.model.score.weight\", but task_type in"
            + " adapter_config.json asks for one at the module score of "
            + base
            + ". Restore the adapter's files, or write there what the adapter has.");
  }

  @Test
  void sharedMatricesThatStayShared() throws IOException {
    Files.delete(config());
    Files.delete(weights());
    Files.delete(folder.resolve("expected.json"));
    copy("qwen2-embedding");
    config(
        json ->
            json.put("base_model_name_or_path", FamiliesTest.root().resolve("qwen2").toString())
                .put("ensure_weight_tying", true));
    refused(
        config()
            + ": ensure_weight_tying is true, which changes the computation and is not supported;"
            + " supported is false.");
  }

  /** What the adapter's folder lacks of the text side is that of the base. */
  @Test
  void theTokenizerIsTheAdaptersOrElseTheBases() throws IOException {
    assertThat(ModelDirectory.read(folder).tokenizer()).isEmpty();
    Path own = Files.createDirectories(folder.resolve("base"));
    try (Stream<Path> files = Files.list(base)) {
      for (Path file : files.toList()) {
        Files.copy(file, own.resolve(file.getFileName().toString()));
      }
    }
    config(json -> json.put("base_model_name_or_path", "base"));
    Files.writeString(own.resolve("tokenizer.json"), "{\"of\":\"base\"}");
    assertThat(ModelDirectory.read(folder).tokenizer()).asString().isEqualTo("{\"of\":\"base\"}");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"of\":\"adapter\"}");
    assertThat(ModelDirectory.read(folder).tokenizer())
        .asString()
        .isEqualTo("{\"of\":\"adapter\"}");
  }
}

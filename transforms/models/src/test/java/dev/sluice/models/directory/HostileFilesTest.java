package dev.sluice.models.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Model files whose numbers, names or kinds cannot be so. */
@Timeout(60)
class HostileFilesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path weights(String header, int data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(WeightFiles.SINGLE);
    Files.write(
        file,
        ByteBuffer.allocate(8 + text.length + data)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .array());
    return file;
  }

  private static String tensor(String name, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, shape, offsets);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[2]|[0,7.5]|the tensor \"w\" has the data_offsets [0,7.5], and they are two whole numbers, the first byte and the one behind the last",
        "[2]|[0,\"8\"]|the tensor \"w\" has the data_offsets [0,\"8\"], and they are two whole numbers, the first byte and the one behind the last",
        "[2]|[8,0]|the tensor \"w\" has the data_offsets [8,0], and they are two whole numbers, the first byte and the one behind the last",
        "[2]|[-8,0]|the tensor \"w\" has the data_offsets [-8,0], and they are two whole numbers, the first byte and the one behind the last",
        "[2]|[0,18446744073709551624]|the tensor \"w\" has the data_offsets [0,18446744073709551624], and they are two whole numbers, the first byte and the one behind the last",
        "[2]|null|the tensor \"w\" has the data_offsets null, and they are two whole numbers, the first byte and the one behind the last",
        "2|[0,8]|the tensor \"w\" has the shape 2, and a shape is a list of at most 64 whole numbers from 0 to 2147483647",
        "[2.0]|[0,8]|the tensor \"w\" has the shape [2.0], and a shape is a list of at most 64 whole numbers from 0 to 2147483647",
        "[-2,-1]|[0,8]|the tensor \"w\" has the shape [-2,-1], and a shape is a list of at most 64 whole numbers from 0 to 2147483647",
        "[4294967298]|[0,8]|the tensor \"w\" has the shape [4294967298], and a shape is a list of at most 64 whole numbers from 0 to 2147483647",
        "[2147483647,2147483647,4]|[0,8]|the tensor \"w\" of type F32 and shape [2147483647, 2147483647, 4] does not fit its place [0, 8]",
        "[65536,65536,65536,65536]|[0,0]|the tensor \"w\" of type F32 and shape [65536, 65536, 65536, 65536] does not fit its place [0, 0]",
        "[2]|[9223372036854775799,9223372036854775807]|it ends at byte 106, but the tensor \"w\" goes to byte 9223372036854775905 (truncated)",
        "[1]|[4,8]|the tensor \"w\" begins at byte 4 of the data, but what comes before it ends at byte 0",
        "[1]|[0,4]|its data have 8 bytes, but its tensors end at byte 4 of them"
      })
  void placeThatCannotBe_isRefusedByName(String shape, String offsets, String how)
      throws IOException {
    Path file = weights("{" + tensor("w", shape, offsets) + "}", 8);
    String message = file + " is damaged: " + how + ". Restore or download it again.";
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> WeightFiles.single(file)).hasMessage(message);
  }

  @Test
  void tensorsThatOverlapOrLeaveGaps_areRefused() throws IOException {
    Path over =
        weights("{" + tensor("b", "[2]", "[4,12]") + "," + tensor("a", "[2]", "[0,8]") + "}", 12);
    assertThatThrownBy(() -> Safetensors.read(over))
        .hasMessageContaining(
            "the tensor \"b\" begins at byte 4 of the data, within the tensor \"a\", which goes to byte 8.");
    Path gap =
        weights("{" + tensor("a", "[1]", "[0,4]") + "," + tensor("b", "[1]", "[8,12]") + "}", 12);
    assertThatThrownBy(() -> Safetensors.read(gap))
        .hasMessageContaining(
            "the tensor \"b\" begins at byte 8 of the data, but what comes before it ends at byte 4.");
    Path twice =
        weights("{" + tensor("a", "[1]", "[0,4]") + "," + tensor("a", "[1]", "[4,8]") + "}", 8);
    assertThatThrownBy(() -> Safetensors.read(twice))
        .hasMessage(twice + " is damaged: its header is not JSON (Duplicate field 'a').");
    // Any order of the header, and tensors without elements, are as the format has them.
    Path whole =
        weights(
            "{"
                + tensor("b", "[1]", "[4,8]")
                + ","
                + tensor("none", "[0,3]", "[4,4]")
                + ","
                + tensor("a", "[1]", "[0,4]")
                + "}",
            8);
    assertThat(Safetensors.read(whole).tensors().keySet()).containsExactly("b", "none", "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\\u0000.safetensors\"",
        "\"../a.safetensors\"",
        "\"..\"",
        "\"\"",
        "\"a\\\\b\"",
        "\"a\\nb\"",
        "5",
        "null"
      })
  void indexThatPlacesATensorOutside_isRefusedByItsKey(String name) throws IOException {
    Path index = folder.resolve(WeightFiles.INDEX);
    Files.writeString(index, "{\"weight_map\": {\"w\": %s}}".formatted(name));
    assertThatThrownBy(() -> WeightFiles.of(folder))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "%s: weight_map places the tensor \"w\" in %s; it must be the name of a file beside the index. Restore or download it again."
                .formatted(index, name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hidden_size|1073741824|hidden_size must be at most 131072, but is 1073741824; no model here is that large. Take the config.json that belongs to the weights.",
        "hidden_size|4294967297|hidden_size must be a whole number, but is 4294967297.",
        "num_hidden_layers|2147483647|num_hidden_layers must be a whole number from 1 to 1024, but is 2147483647.",
        "num_hidden_layers|-1|num_hidden_layers must be a whole number from 1 to 1024, but is -1.",
        "vocab_size|2000000000|vocab_size must be at most 16777216, but is 2000000000; no model here is that large. Take the config.json that belongs to the weights.",
        "intermediate_size|2147483647|intermediate_size must be at most 1048576, but is 2147483647; no model here is that large. Take the config.json that belongs to the weights.",
        "head_dim|65536|num_attention_heads times head_dim must be at most 1048576, but is 32 times 65536. Take the config.json that belongs to the weights.",
        "max_position_embeddings|2147483647|max_position_embeddings must be at most 1073741824, but is 2147483647; no model here is that large. Take the config.json that belongs to the weights.",
        "rope_theta|0|rope_theta must be a number above 0, but is 0.",
        "rope_theta|-1e4|rope_theta must be a number above 0, but is -10000.0.",
        "rope_theta|1e400|rope_theta must be a number, but is \"Infinity\".",
        "rms_norm_eps|-1e-5|rms_norm_eps must be a number from 0 on, but is -1.0E-5.",
        "eos_token_id|\"2\"|eos_token_id must be a token's number or a list of them, but is \"2\".",
        "eos_token_id|[2, 4294967298]|eos_token_id must be a token's number or a list of them, but is [2,4294967298].",
        "eos_token_id|1.5|eos_token_id must be a token's number or a list of them, but is 1.5."
      })
  void configurationThatCannotBe_isRefusedByItsKey(String key, String value, String how)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode config =
        (ObjectNode)
            json.readTree(
                "{\"architectures\": [\"LlamaForCausalLM\"], \"model_type\": \"llama\", \"num_attention_heads\": 32}");
    config.set(key, json.readTree(value));
    assertThatThrownBy(() -> ModelConfig.parse(config, "m/config.json"))
        .isInstanceOf(ModelException.class)
        .hasMessage("m/config.json: " + how);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((([a-z_.0-9])+)+)+#",
        "((([a-z]+)[._0-9]*)+)+!",
        "(([a-z]+|[._0-9]+)+)+!",
        "(((.+)(.+))+)+#",
        "((.|..)+)+#"
      })
  void expressionThatTakesForEver_isRefusedByItsKey(String expression) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("target_modules", expression);
    AdapterTargets targets = new AdapterTargets(new ConfigKeys(json, "adapter_config.json"));
    assertThatThrownBy(() -> targets.changes("model.layers.11.self_attn.q_proj", true))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "adapter_config.json: the expression '%s' takes too long on the module 'model.layers.11.self_attn.q_proj'. Name the modules in target_modules, exclude_modules and modules_to_save plainly."
                .formatted(expression));
  }

  @Test
  void layerBeyondAnyNumber_isNoneOfThose() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("layers_to_transform", 3).putArray("target_modules").add("q_proj");
    AdapterTargets targets = new AdapterTargets(new ConfigKeys(json, "adapter_config.json"));
    assertThat(targets.changes("model.layers.3.self_attn.q_proj", true)).isTrue();
    for (String layer : List.of("4", "99999999999", "4294967299", "99999999999999999999")) {
      assertThat(targets.changes("model.layers." + layer + ".self_attn.q_proj", true))
          .as(layer)
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "model.safetensors.index.json",
        "config.json",
        "adapter_config.json"
      })
  void pipeInPlaceOfAFile_isRefusedAtOnce(String name) throws Exception {
    Path pipe = folder.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(
            () -> {
              if (name.endsWith("g.json")) {
                ModelDirectory.read(folder);
              } else {
                WeightFiles.of(folder);
              }
            })
        .isInstanceOf(ModelException.class)
        .hasMessage(
            pipe
                + " cannot be read: it is a pipe, a socket or a device, and only regular files are read; copy its content into a file.");
  }

  @Test
  void deviceInPlaceOfAFile_isRefusedAtOnce() throws IOException {
    Path link = folder.resolve("config.json");
    Files.createSymbolicLink(link, Path.of("/dev/zero"));
    assertThatThrownBy(() -> ModelDirectory.read(folder))
        .hasMessageStartingWith(link + " cannot be read: it is a pipe, a socket or a device");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("/dev/null"));
    assertThatThrownBy(() -> ModelDirectory.read(folder))
        .hasMessageStartingWith(link + " cannot be read: it is a pipe, a socket or a device");
  }
}

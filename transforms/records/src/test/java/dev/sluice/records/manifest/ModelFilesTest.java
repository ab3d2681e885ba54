package dev.sluice.records.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.Hashes;
import dev.sluice.records.parquet.TableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
  private static final String A =
      "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[%d,%d]}";
  private static final String B = "\"b\":{\"dtype\":\"I8\",\"shape\":[3],\"data_offsets\":[%d,%d]}";
  private static final byte[] A_BYTES = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final byte[] B_BYTES = {9, 9, 9};

  private final Path folder;

  ModelFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void model() throws IOException {
    safetensors(
        "model.safetensors",
        "{" + A.formatted(0, 8) + "," + B.formatted(8, 11) + "}",
        A_BYTES,
        B_BYTES);
    Files.writeString(
        folder.resolve("config.json"), "{\"hidden_size\": 8, \"transformers_version\": \"5\"}");
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
  }

  private void safetensors(String name, String header, byte[]... tensors) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = header.getBytes(UTF_8);
    file.putLong(json.length).put(json);
    for (byte[] tensor : tensors) {
      file.put(tensor);
    }
    byte[] bytes = new byte[file.flip().remaining()];
    file.get(bytes);
    Files.write(folder.resolve(name), bytes);
  }

  private String digest() {
    return ModelFiles.describe(folder, "m").digest();
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Hashes.sha256().digest(bytes));
  }

  @Test
  void theDigestIsTheHashOfItsParts() throws IOException {
    ModelFolder model = ModelFiles.describe(folder, "artifacts/m");
    assertThat(model.path()).isEqualTo("artifacts/m");
    assertThat(model.files().keySet())
        .containsExactly("config.json", "model.safetensors", "tokenizer.json");
    assertThat(model.files().get("tokenizer.json")).isEqualTo(sha256("{}".getBytes(UTF_8)));
    assertThat(model.files().get("model.safetensors"))
        .isEqualTo(sha256(Files.readAllBytes(folder.resolve("model.safetensors"))));
    assertThat(model.digest())
        .isEqualTo(
            Hashes.hex(
                "model",
                "file config.json",
                Hashes.hex("{\"hidden_size\":8}"),
                "file tokenizer.json",
                sha256("{}".getBytes(UTF_8)),
                "tensor a",
                Hashes.hex("F32", "[2,1]", sha256(A_BYTES)),
                "tensor b",
                Hashes.hex("I8", "[3]", sha256(B_BYTES))));
  }

  @Test
  void cutOrderMetadataAndOriginDoNotMatter() throws IOException {
    String before = digest();
    safetensors(
        "model.safetensors",
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + B.formatted(0, 3)
            + ","
            + A.formatted(3, 11)
            + "}",
        B_BYTES,
        A_BYTES);
    assertThat(digest()).isEqualTo(before);
    safetensors("model.safetensors", "{" + A.formatted(0, 8) + "}", A_BYTES);
    safetensors("model-2.safetensors", "{" + B.formatted(0, 3) + "}", B_BYTES);
    Files.writeString(folder.resolve("config.json"), "{\"_name_or_path\":\"x\",\"hidden_size\":8}");
    Files.writeString(folder.resolve("README.md"), "A model.");
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void whatLiesBelowIsListedButNoPartOfTheDigest() throws IOException {
    String before = digest();
    Path state =
        Files.createDirectories(folder.resolve("trainer/deep")).resolve("state.safetensors");
    Files.writeString(state, "moments");
    Files.writeString(folder.resolve("trainer/config.json"), "{\"hidden_size\": 9}");
    ModelFolder model = ModelFiles.describe(folder, "m");
    assertThat(model.digest()).isEqualTo(before);
    assertThat(model.files())
        .containsEntry("trainer/deep/state.safetensors", sha256("moments".getBytes(UTF_8)))
        .containsKey("trainer/config.json")
        .hasSize(5);
  }

  @Test
  void everythingElseMatters() throws IOException {
    String before = digest();
    Files.writeString(folder.resolve("tokenizer.json"), "{ }");
    String otherTokenizer = digest();
    Files.writeString(folder.resolve("config.json"), "{\"hidden_size\":9}");
    String otherConfig = digest();
    safetensors(
        "model.safetensors",
        "{" + A.formatted(0, 8).replace("[2,1]", "[1,2]") + "," + B.formatted(8, 11) + "}",
        A_BYTES,
        B_BYTES);
    String otherShape = digest();
    assertThat(List.of(before, otherTokenizer, otherConfig, otherShape)).doesNotHaveDuplicates();
  }

  @Test
  void damageIsNamed() throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::digest)
          .isInstanceOf(TableException.class)
          .hasMessageStartingWith("The file %s of a model is damaged: ".formatted(file));
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(this::digest)
        .hasMessage(
            "The file %s of a model is damaged: bytes follow the last tensor. Fetch or train the model again."
                .formatted(file));
  }
}

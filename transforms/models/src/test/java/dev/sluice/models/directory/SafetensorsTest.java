package dev.sluice.models.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("model.safetensors");
  }

  private void write(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(text.length).put(text).put(data).array());
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", new Tensor(new long[] {2, 3}, new float[] {1, -2, 3.5f, 0, -0.0f, 1e-40f}));
    tensors.put("a", new Tensor(new long[] {}, new float[] {7}));
    tensors.put("empty", new Tensor(new long[] {0, 4}, new float[] {}));
    Safetensors.write(file, tensors, Map.of("format", "pt"));
    Safetensors.Content content = Safetensors.read(file);
    assertThat(content.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(content.tensors().keySet()).containsExactly("b", "a", "empty");
    tensors.forEach(
        (name, tensor) -> {
          assertThat(content.require(file, name, tensor.shape()).values())
              .containsExactly(tensor.values());
        });
    long header =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
  }

  @Test
  void readsHalvesAndBrainFloats() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    for (int half : new int[] {0x3C00, 0xC000, 0x0001, 0x7BFF, 0x8000, 0x3555}) {
      data.putShort((short) half);
    }
    for (int brain : new int[] {0x3F80, 0xC0A0, 0x0080, 0x8000}) {
      data.putShort((short) brain);
    }
    write(
        "{\"h\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[0,12]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[12,20]}}",
        data.array());
    Safetensors.Content content = Safetensors.read(file);
    assertThat(content.require(file, "h", 6).values())
        .containsExactly(1, -2, 0x1.0p-24f, 65504, -0.0f, 1365 / 4096f);
    assertThat(content.require(file, "b", 4).values())
        .containsExactly(1, -5, Float.MIN_NORMAL, -0.0f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,16]}} | is damaged: the tensor"
            + " \"w\" of type F32 and shape [2] does not fit its place [0, 16].",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | is damaged: it ends at"
            + " byte 71, but the tensor \"w\" goes to byte 79 (truncated).",
        "{\"w\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}} | : the tensor \"w\" has"
            + " the type \"I64\"; F32, F16 and BF16 can be read.",
        "{\"w\":{\"dtype\":\"F32\", | is damaged: its header is not JSON",
        "[1] | is damaged: its header is not a JSON object.",
      })
  void namesWhatIsDamaged(String header, String message) throws IOException {
    write(header.strip(), new byte[8]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file + (message.startsWith(":") ? "" : " "))
        .hasMessageContaining(message.strip());
  }

  @Test
  void namesFilesThatAreTooShortOrNotThere() throws IOException {
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage(file + " does not exist; a model directory needs it.");
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage(file + " is damaged: it has only 3 bytes. Restore or download it again.");
    write("{}", new byte[0]);
    byte[] whole = Files.readAllBytes(file);
    whole[0] = 50;
    Files.write(file, whole);
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage(
            file
                + " is damaged: its header claims 50 bytes, but the file has 10 bytes. Restore or"
                + " download it again.");
  }

  @Test
  void namesTensorsThatDoNotFit() {
    Safetensors.Content content =
        new Safetensors.Content(
            Map.of("w", new Tensor(new long[] {2}, new float[] {1, Float.NaN})), Map.of());
    assertThatThrownBy(() -> content.require(file, "v", 2))
        .hasMessage(file + " has no tensor \"v\"; it does not belong to this config.json.");
    assertThatThrownBy(() -> content.require(file, "w", 1, 2))
        .hasMessage(
            file + ": the tensor \"w\" has the shape [2], but config.json asks for [1, 2].");
    assertThatThrownBy(() -> content.require(file, "w", 2))
        .hasMessage(
            file
                + ": the tensor \"w\" holds NaN at element 1; the weights are unusable. Take an"
                + " earlier checkpoint.");
  }

  @Test
  void everyHalfIsExact() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = (bits >> 10) & 31;
      double expected =
          exponent == 0
              ? (bits & 1023) * Math.pow(2, -24)
              : (1024 + (bits & 1023)) * Math.pow(2, exponent - 25);
      if (exponent < 31) {
        assertThat((double) Safetensors.halfToFloat((short) bits))
            .isEqualTo((bits & 0x8000) == 0 ? expected : -expected);
      } else {
        assertThat(Float.isFinite(Safetensors.halfToFloat((short) bits))).isFalse();
      }
    }
  }
}

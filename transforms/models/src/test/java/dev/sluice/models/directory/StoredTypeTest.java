package dev.sluice.models.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredTypeTest {
  @Test
  void everyHalfComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Safetensors.halfToFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(StoredType.half(value)).as("%x", bits).isEqualTo((short) bits);
      }
    }
  }

  /** By hand: ties go to the even neighbour, also below the least normal number. */
  @ParameterizedTest
  @CsvSource({
    "1.00048828125, 0x3C00",
    "1.00146484375, 0x3C02",
    "1.0004884, 0x3C01",
    "65504, 0x7BFF",
    "65519.99, 0x7BFF",
    "65520, 0x7C00",
    "-1e9, 0xFC00",
    "2.9802322e-8, 0x0000",
    "2.98023e-8, 0x0000",
    "4.5e-8, 0x0001",
    "8.940697e-8, 0x0002",
    "6.1e-5, 0x03FF",
    "6.1035156e-5, 0x0400",
  })
  void roundsToTheNearestHalf(float value, String bits) {
    assertThat(StoredType.half(value) & 0xFFFF).isEqualTo(Integer.decode(bits));
  }

  @ParameterizedTest
  @CsvSource({
    "BFLOAT16, 1.00390625, 0x3F80",
    "BFLOAT16, 1.01171875, 0x3F82",
    "BFLOAT16, 1.004, 0x3F81",
    "BFLOAT16, -3e38, 0xFF62",
    "FLOAT16, 1, 0x3C00",
  })
  void writesLittleEndian(StoredType type, float value, String bits) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(type.put(FloatBuffer.wrap(new float[] {value}), bytes)).isEqualTo(-1);
    assertThat(bytes.remaining()).isEqualTo(2);
    assertThat(bytes.getShort(0) & 0xFFFF).isEqualTo(Integer.decode(bits));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 65520, 1",
    "FLOAT16, NaN, 1",
    "BFLOAT16, 3.4e38, 1",
    "BFLOAT16, NaN, 1",
    "FLOAT32, Infinity, 1",
    "FLOAT32, 3.4e38, -1",
  })
  void saysWhatItCannotHold(StoredType type, float value, int place) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(type.put(FloatBuffer.wrap(new float[] {0, value}), bytes)).isEqualTo(place);
  }

  @Test
  void anotherName() {
    assertThatThrownBy(() -> StoredType.of("int8"))
        .isInstanceOf(ModelException.class)
        .hasMessage("Weights are stored as float32, float16, bfloat16, not as \"int8\".");
  }
}

package dev.sluice.models.directory;

import dev.sluice.models.ModelException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Types of numbers in a file of weights. */
public enum StoredType {
  FLOAT32("float32", "F32", 4),
  FLOAT16("float16", "F16", 2),
  BFLOAT16("bfloat16", "BF16", 2);

  private final String key;
  private final String stored;
  private final int width;

  StoredType(String key, String stored, int width) {
    this.key = key;
    this.stored = stored;
    this.width = width;
  }

  /** The name as transformers writes it. */
  public String key() {
    return key;
  }

  /** The name in a safetensors file. */
  String stored() {
    return stored;
  }

  /**
   * The type of a name as transformers writes it.
   *
   * @throws ModelException if there is none, naming those there are
   */
  public static StoredType of(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "Weights are stored as "
                        + Arrays.stream(values())
                            .map(StoredType::key)
                            .collect(Collectors.joining(", "))
                        + ", not as \""
                        + key
                        + "\"."));
  }

  static StoredType ofStored(String stored) {
    return Arrays.stream(values())
        .filter(each -> each.stored.equals(stored))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No type is called " + stored + "."));
  }

  /**
   * Rounds numbers to this type, ties to even.
   *
   * @param target receives them from its beginning
   * @return the first number that this type cannot hold, or that is not finite; -1 if there is none
   */
  int put(FloatBuffer values, ByteBuffer target) {
    int size = values.remaining();
    target.clear().limit(width * size);
    for (int i = 0; i < size; i++) {
      float value = values.get(i);
      if (this == FLOAT32) {
        target.putFloat(4 * i, value);
        if (!Float.isFinite(value)) {
          return i;
        }
      } else {
        short half = this == FLOAT16 ? half(value) : brain(value);
        target.putShort(2 * i, half);
        if ((half & infinity()) == infinity()) {
          return i;
        }
      }
    }
    return -1;
  }

  private int infinity() {
    return this == FLOAT16 ? 0x7C00 : 0x7F80;
  }

  /** The nearest bfloat16, ties to even. */
  private static short brain(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The nearest IEEE 754 binary16, ties to even (Java 20 has it as {@code floatToFloat16}). */
  static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude >= 0x47800000) {
      return (short) (sign | (magnitude > 0x7F800000 ? 0x7E00 : 0x7C00));
    }
    if (magnitude >= 0x38800000) {
      int rounded = magnitude + 0xFFF + ((magnitude >>> 13) & 1);
      return (short) (sign | ((rounded - 0x38000000) >>> 13));
    }
    // Multiples of 2^-24.
    return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1.0p24f));
  }
}

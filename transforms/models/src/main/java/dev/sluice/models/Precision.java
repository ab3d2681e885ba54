package dev.sluice.models;

import java.util.Locale;

/** Type of the numbers that a model computes with in this process. */
public enum Precision {
  /** 32 bits. */
  FLOAT32,
  /** 16 bits with the range of 32: half the memory, three significant decimal digits. */
  BFLOAT16;

  /** The name in files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type of a name.
   *
   * @throws ModelException if there is none
   */
  public static Precision of(String key) {
    for (Precision precision : values()) {
      if (precision.key().equals(key)) {
        return precision;
      }
    }
    throw new ModelException("dtype must be float32 or bfloat16, but is '" + key + "'.");
  }
}

package dev.sluice.models.djl;

import dev.sluice.models.directory.ModelConfig;

/** The memory that keys and values take, known before anything is decoded. */
final class KeyValues {
  /** Most bytes of one batch. */
  static final long MOST_BYTES = 2L << 30;

  private static final int FLOAT = 4;

  private KeyValues() {}

  /** Bytes of one row: layers x 2 x key and value heads x places x head dim. */
  static long rowBytes(ModelConfig config, int places) {
    return 2L * FLOAT * config.layers() * config.keyValueHeads() * config.headDim() * places;
  }

  /**
   * Rows that are decoded at once: those wanted, as far as memory allows. The number does not
   * change what a row says.
   *
   * @param places most tokens of a row
   */
  static int rows(ModelConfig config, int places, int wanted) {
    long fit = MOST_BYTES / Math.max(1, rowBytes(config, places));
    return (int) Math.max(LlamaDecoder.LEAST_ROWS, Math.min(wanted, fit));
  }
}

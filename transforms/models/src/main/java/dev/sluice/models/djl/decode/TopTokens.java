package dev.sluice.models.djl.decode;

import java.util.Arrays;

/**
 * The most likely tokens of a row of logits by falling probability, equal ones by their ids; none
 * of weight 0.
 */
final class TopTokens {
  private TopTokens() {}

  /**
   * At most {@code count} tokens.
   *
   * @param weights of the tokens; they rise with the logits
   */
  static int[] first(int count, float[] logits, int offset, double[] weights) {
    long[] keys = new long[Math.min(count, weights.length)];
    int size = 0;
    // Ascending, so that the least likely of those kept so far stands first.
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] > 0) {
        long key = key(logits[offset + id], id);
        if (size < keys.length) {
          keys[size++] = key;
          if (size == keys.length) {
            Arrays.sort(keys);
          }
        } else if (key > keys[0]) {
          int place = -Arrays.binarySearch(keys, key) - 2;
          System.arraycopy(keys, 1, keys, 0, place);
          keys[place] = key;
        }
      }
    }
    return ids(keys, size);
  }

  /** All tokens of at least so much weight. */
  static int[] above(double least, float[] logits, int offset, double[] weights) {
    long[] keys = new long[weights.length];
    int size = 0;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] >= least && weights[id] > 0) {
        keys[size++] = key(logits[offset + id], id);
      }
    }
    return ids(keys, size);
  }

  /** A number that is larger for a larger logit, and among equal ones for a lower id. */
  private static long key(float logit, int id) {
    // Adding zero makes one of the two zeros; flipping the bits of negative numbers orders them.
    int bits = Float.floatToRawIntBits(logit + 0f);
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return (long) ordered << 32 | (Integer.MAX_VALUE - id);
  }

  private static int[] ids(long[] keys, int size) {
    Arrays.sort(keys, 0, size);
    int[] ids = new int[size];
    for (int i = 0; i < size; i++) {
      ids[i] = Integer.MAX_VALUE - (int) keys[size - 1 - i];
    }
    return ids;
  }
}

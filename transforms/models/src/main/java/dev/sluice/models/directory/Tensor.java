package dev.sluice.models.directory;

import java.util.Arrays;

/**
 * Values with a shape, last axis fastest.
 *
 * @param shape extents, outermost first
 * @param values one for each element
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(long[] shape, float[] values) {

  public Tensor {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "A tensor of shape "
              + Arrays.toString(shape)
              + " has "
              + elements(shape)
              + " values, not "
              + values.length
              + ".");
    }
  }

  /** Number of elements of a shape. */
  static long elements(long[] shape) {
    long product = 1;
    for (long extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }
}

package dev.sluice.models.djl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Long rows of numbers on their way between the heap and native memory: in pieces, since a buffer
 * holds 2^31 bytes and a model of 0.6 B weights has more.
 */
public final class FlatArray {
  /** Numbers of a piece: 512 MB. */
  private static final int PIECE = 1 << 27;

  private FlatArray() {}

  /** An array [n] of numbers. */
  public static NDArray create(NDManager manager, float[] values) {
    return create(manager, values, PIECE);
  }

  public static NDArray create(NDManager manager, float[] values, int piece) {
    if (values.length <= piece) {
      return manager.create(values);
    }
    NDArray array = manager.zeros(new Shape(values.length));
    write(array, values, piece);
    return array;
  }

  /** Writes numbers into an array [n], which keeps its memory: others may share it. */
  public static void write(NDArray array, float[] values) {
    write(array, values, PIECE);
  }

  public static void write(NDArray array, float[] values, int piece) {
    for (int from = 0; from < values.length; from += piece) {
      int to = (int) Math.min(values.length, (long) from + piece);
      try (NDManager scope = array.getManager().newSubManager()) {
        array.set(range(from, to), scope.create(Arrays.copyOfRange(values, from, to)));
      }
    }
  }

  /** The numbers of an array [n]. */
  public static float[] read(NDArray array) {
    return read(array, PIECE);
  }

  public static float[] read(NDArray array, int piece) {
    float[] values = new float[Math.toIntExact(array.size())];
    for (int from = 0; from < values.length; from += piece) {
      int to = (int) Math.min(values.length, (long) from + piece);
      try (NDArray part = array.get(range(from, to))) {
        System.arraycopy(part.toFloatArray(), 0, values, from, to - from);
      }
    }
    return values;
  }

  private static NDIndex range(long from, long to) {
    return new NDIndex("{}:{}", from, to);
  }
}

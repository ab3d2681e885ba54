package dev.sluice.models.directory;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What LoRA adds to a matrix [rows, columns]: scale * left * right.
 *
 * @param left [rows, rank], a row after the other
 * @param right [rank, columns]
 */
@SuppressWarnings("ArrayRecordComponent")
public record LowRank(int rows, int columns, int rank, float[] left, float[] right, double scale) {

  /**
   * Adds it to a piece of the matrix.
   *
   * @param values elements of the matrix, row by row
   * @param first the place of the first of them in the matrix
   */
  public void addTo(FloatBuffer values, long first) {
    float[] sum = new float[columns];
    float[] old = new float[columns];
    int size = values.remaining();
    int at = 0;
    while (at < size) {
      int row = (int) ((first + at) / columns);
      int column = (int) ((first + at) % columns);
      int count = Math.min(columns - column, size - at);
      Arrays.fill(sum, 0, count, 0);
      for (int k = 0; k < rank; k++) {
        float factor = left[row * rank + k];
        int from = k * columns + column;
        for (int c = 0; c < count; c++) {
          sum[c] += factor * right[from + c];
        }
      }
      values.get(at, old, 0, count);
      for (int c = 0; c < count; c++) {
        old[c] += (float) scale * sum[c];
      }
      values.put(at, old, 0, count);
      at += count;
    }
  }

  /** Rows and columns exchanged. */
  static float[] transposed(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = values[r * columns + c];
      }
    }
    return turned;
  }
}

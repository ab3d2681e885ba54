package dev.sluice.methods.reward.rule;

import java.util.Arrays;

/** The assignment of rows to columns with the greatest sum (the Hungarian method). */
final class Assignment {
  private Assignment() {}

  /**
   * The greatest sum of values in which each row and each column counts at most once.
   *
   * @param values by row and column, at least 0; the work is rows squared times columns
   */
  static double best(double[][] values) {
    int rows = values.length;
    int given = rows == 0 ? 0 : values[0].length;
    // A row without a partner takes a column of its own that is worth nothing.
    int columns = given + rows;
    double[] rowPrice = new double[rows + 1];
    double[] columnPrice = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    int[] before = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] slack = new double[columns + 1];
      boolean[] used = new boolean[columns + 1];
      Arrays.fill(slack, Double.POSITIVE_INFINITY);
      do {
        used[column] = true;
        int from = rowOf[column];
        double least = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int j = 1; j <= columns; j++) {
          if (!used[j]) {
            double cost = j <= given ? -values[from - 1][j - 1] : 0;
            double reduced = cost - rowPrice[from] - columnPrice[j];
            if (reduced < slack[j]) {
              slack[j] = reduced;
              before[j] = column;
            }
            if (slack[j] < least) {
              least = slack[j];
              next = j;
            }
          }
        }
        for (int j = 0; j <= columns; j++) {
          if (used[j]) {
            rowPrice[rowOf[j]] += least;
            columnPrice[j] -= least;
          } else {
            slack[j] -= least;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) {
        rowOf[column] = rowOf[before[column]];
        column = before[column];
      }
    }
    double sum = 0;
    for (int j = 1; j <= given; j++) {
      sum += rowOf[j] == 0 ? 0 : values[rowOf[j] - 1][j - 1];
    }
    return sum;
  }
}

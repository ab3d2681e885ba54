package dev.sluice.runners.proof.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Positions of labels that would overlap. */
public final class Labels {
  private Labels() {}

  /**
   * The places nearest to those wanted, in their order, {@code gap} apart from each other: labels
   * that touch move as one block, whose middle is the mean of what they wanted.
   *
   * @param wanted where each would stand alone
   * @param gap least distance of two
   * @param low least place
   * @param high greatest place; all of them have to fit between
   */
  static double[] spread(double[] wanted, double gap, double low, double high) {
    List<Integer> order =
        IntStream.range(0, wanted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> wanted[i]))
            .toList();
    // Blocks of labels that touch: the place of the first, how many, and the sum of what they want.
    double[] start = new double[wanted.length];
    int[] size = new int[wanted.length];
    double[] sum = new double[wanted.length];
    int blocks = 0;
    for (int index : order) {
      sum[blocks] = wanted[index];
      size[blocks] = 1;
      start[blocks] = clamp(wanted[index], low, high);
      blocks++;
      while (blocks > 1 && start[blocks - 2] + size[blocks - 2] * gap > start[blocks - 1]) {
        blocks--;
        sum[blocks - 1] += sum[blocks];
        size[blocks - 1] += size[blocks];
        double length = (size[blocks - 1] - 1) * gap;
        start[blocks - 1] =
            clamp(sum[blocks - 1] / size[blocks - 1] - length / 2, low, high - length);
      }
    }
    double[] places = new double[wanted.length];
    int next = 0;
    for (int block = 0; block < blocks; block++) {
      for (int k = 0; k < size[block]; k++) {
        places[order.get(next++)] = start[block] + k * gap;
      }
    }
    return places;
  }

  private static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(value, high));
  }
}

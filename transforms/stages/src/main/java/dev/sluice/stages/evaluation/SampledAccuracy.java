package dev.sluice.stages.evaluation;

/** What several samples of one problem come to. */
public final class SampledAccuracy {
  private SampledAccuracy() {}

  /**
   * The unbiased estimate of pass@k (arXiv 2107.03374): {@code 1 - C(n-c, k) / C(n, k)}, the chance
   * that k of the n samples, drawn without replacement, hold a right one.
   *
   * @param n samples
   * @param c samples that are right
   * @param k samples that count, 1 to n
   */
  public static double passAtK(int n, int c, int k) {
    if (k < 1 || k > n || c < 0 || c > n) {
      throw new IllegalArgumentException(
          "pass@%d of %d samples with %d right: k lies within 1 and the number of samples, and no more of them can be right."
              .formatted(k, n, c));
    }
    double allWrong = 1;
    for (int i = n - c + 1; i <= n; i++) {
      allWrong *= Math.max(0, 1 - (double) k / i);
    }
    return 1 - allWrong;
  }
}

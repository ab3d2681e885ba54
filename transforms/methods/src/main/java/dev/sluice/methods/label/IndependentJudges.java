package dev.sluice.methods.label;

/**
 * How often the majority of n independent judges is right, each right with probability p
 * (Condorcet). What real votes fall short of it shows how far their errors go together.
 */
public final class IndependentJudges {
  private IndependentJudges() {}

  /**
   * Accuracy of the majority.
   *
   * @param p accuracy of one judge, 0 to 1
   * @param n number of judges, at least 1
   * @param tieShare what a tie is worth: 0.5 for a coin, 0 if it counts as wrong
   */
  public static double majorityAccuracy(double p, int n, double tieShare) {
    double accuracy = 0;
    for (int right = 0; right <= n; right++) {
      double worth = 2 * right > n ? 1 : 2 * right == n ? tieShare : 0;
      accuracy += worth * binomial(n, right) * Math.pow(p, right) * Math.pow(1 - p, n - right);
    }
    return accuracy;
  }

  private static double binomial(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }
}

package dev.sluice.stages.evaluation;

/**
 * A 95 % interval.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  private static final double Z = 1.959963984540054;

  /**
   * Wilson's interval of a share (1927), for independent trials.
   *
   * @param successes trials that succeeded
   * @param trials all trials; with none the share may be anything
   */
  public static Interval wilson(int successes, int trials) {
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double n = trials;
    double share = successes / n;
    double centre = share + Z * Z / (2 * n);
    double spread = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    double scale = 1 + Z * Z / n;
    return new Interval(
        Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale));
  }

  /**
   * Wald's interval of the difference of two shares over the same trials.
   *
   * @param difference share of the first minus share of the second
   * @param differing share of the trials in which they differ
   * @param trials all trials; with none the difference may be anything
   */
  public static Interval paired(double difference, double differing, long trials) {
    if (trials == 0) {
      return new Interval(-1, 1);
    }
    double spread = Z * Math.sqrt(Math.max(0, differing - difference * difference) / trials);
    return new Interval(Math.max(-1, difference - spread), Math.min(1, difference + spread));
  }
}

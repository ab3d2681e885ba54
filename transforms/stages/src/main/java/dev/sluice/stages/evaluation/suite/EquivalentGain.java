package dev.sluice.stages.evaluation.suite;

/**
 * By which factor the samples of a method must grow for an accuracy: the inverse of its curve,
 * linear in the logarithm of the number of samples between two sizes.
 */
final class EquivalentGain {

  /**
   * A factor.
   *
   * @param factor samples of the method that is compared with, by those of the better one
   * @param bounded whether the curve reaches the accuracy; if not, the factor is at least that of
   *     its largest size
   */
  record Gain(double factor, boolean bounded) {}

  private EquivalentGain() {}

  /**
   * The factor.
   *
   * @param sizes numbers of samples of the curve, ascending
   * @param accuracies at these sizes
   * @param accuracy that is to be reached
   * @param samples that it took
   */
  static Gain of(int[] sizes, double[] accuracies, double accuracy, int samples) {
    if (sizes.length == 0 || sizes.length != accuracies.length || samples < 1) {
      throw new IllegalArgumentException(
          "A compute-equivalent gain needs an accuracy for each size of a curve, and at least 1 sample: there are %d sizes, %d accuracies and %d samples."
              .formatted(sizes.length, accuracies.length, samples));
    }
    // A method that may use fewer samples than it has is never worse with more.
    double before = accuracies[0];
    if (accuracy <= before) {
      return new Gain((double) sizes[0] / samples, true);
    }
    for (int i = 1; i < sizes.length; i++) {
      double here = Math.max(before, accuracies[i]);
      if (accuracy <= here) {
        double share = (accuracy - before) / (here - before);
        double log = Math.log(sizes[i - 1]) + share * (Math.log(sizes[i]) - Math.log(sizes[i - 1]));
        return new Gain(Math.exp(log) / samples, true);
      }
      before = here;
    }
    return new Gain((double) sizes[sizes.length - 1] / samples, false);
  }
}

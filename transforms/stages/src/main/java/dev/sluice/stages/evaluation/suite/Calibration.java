package dev.sluice.stages.evaluation.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How far probabilities are from frequencies. Expected calibration error (arXiv 1706.04599, eq. 3):
 * {@code sum_b |b| / n |acc(b) - conf(b)|} over bins b, with bins of equal width ({@code (k / M, (k
 * + 1) / M]}, the first with 0) or of equal mass (arXiv 2012.08668): sorted by probability and cut
 * into M runs whose sizes differ by one at most, the longer ones first. Brier score: {@code mean (p
 * - y)^2}.
 */
final class Calibration {

  /**
   * A forecast.
   *
   * @param problem index of its problem, from 0
   * @param probability 0 to 1
   * @param right whether what it is the probability of is true
   * @param id resolves equal probabilities at the border of two bins of equal mass
   */
  record Case(int problem, double probability, boolean right, String id) {}

  /**
   * A bin with a case.
   *
   * @param index from 0, by probability
   * @param confidence mean probability
   * @param accuracy share that is right
   * @param count cases
   */
  record Bin(int index, double confidence, double accuracy, int count) {}

  private final List<Case> cases;
  private final int[] bins;
  private final int count;

  private Calibration(List<Case> cases, int[] bins, int count) {
    this.cases = cases;
    this.bins = bins;
    this.count = count;
  }

  /** With bins of equal width. */
  static Calibration ofWidth(List<Case> cases, int count) {
    check(cases, count);
    int[] bins = new int[cases.size()];
    for (int i = 0; i < bins.length; i++) {
      double above = Math.ceil(cases.get(i).probability() * count) - 1;
      bins[i] = (int) Math.max(0, Math.min(count - 1, above));
    }
    return new Calibration(List.copyOf(cases), bins, count);
  }

  /** With bins of equal mass. */
  static Calibration ofMass(List<Case> cases, int count) {
    check(cases, count);
    List<Case> sorted =
        cases.stream()
            .sorted(Comparator.comparingDouble(Case::probability).thenComparing(Case::id))
            .toList();
    int[] bins = new int[sorted.size()];
    int at = 0;
    for (int bin = 0; bin < count; bin++) {
      int size = sorted.size() / count + (bin < sorted.size() % count ? 1 : 0);
      Arrays.fill(bins, at, at + size, bin);
      at += size;
    }
    return new Calibration(sorted, bins, count);
  }

  private static void check(List<Case> cases, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Calibration needs at least 1 bin, not %d.".formatted(count));
    }
    for (Case each : cases) {
      if (!(each.probability() >= 0 && each.probability() <= 1)) {
        throw new IllegalArgumentException(
            "Calibration compares probabilities with frequencies, but the score of %s is %s, which is not between 0 and 1."
                .formatted(each.id(), each.probability()));
      }
    }
  }

  /**
   * The expected calibration error in a draw of problems; 0 without a case.
   *
   * @param drawn how often each problem was drawn, by its index
   */
  double error(int[] drawn) {
    double[] confidence = new double[count];
    double[] right = new double[count];
    double all = 0;
    for (int i = 0; i < bins.length; i++) {
      Case each = cases.get(i);
      double times = drawn[each.problem()];
      confidence[bins[i]] += times * each.probability();
      right[bins[i]] += each.right() ? times : 0;
      all += times;
    }
    double error = 0;
    for (int bin = 0; bin < count; bin++) {
      error += Math.abs(right[bin] - confidence[bin]);
    }
    return all == 0 ? 0 : error / all;
  }

  /** The Brier score in a draw of problems; 0 without a case. */
  double brier(int[] drawn) {
    double sum = 0;
    double all = 0;
    for (Case each : cases) {
      double miss = each.probability() - (each.right() ? 1 : 0);
      sum += drawn[each.problem()] * miss * miss;
      all += drawn[each.problem()];
    }
    return all == 0 ? 0 : sum / all;
  }

  /** The bins that have a case, by probability: the points of a reliability diagram. */
  List<Bin> bins() {
    double[] confidence = new double[count];
    double[] right = new double[count];
    int[] sizes = new int[count];
    for (int i = 0; i < bins.length; i++) {
      confidence[bins[i]] += cases.get(i).probability();
      right[bins[i]] += cases.get(i).right() ? 1 : 0;
      sizes[bins[i]]++;
    }
    List<Bin> full = new ArrayList<>();
    for (int bin = 0; bin < count; bin++) {
      if (sizes[bin] > 0) {
        full.add(new Bin(bin, confidence[bin] / sizes[bin], right[bin] / sizes[bin], sizes[bin]));
      }
    }
    return full;
  }
}

package dev.sluice.stages.evaluation.suite;

import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What becomes of n samples drawn without replacement from the N that there are. A mean over the
 * subsets uses all samples and is unbiased; the first n would waste the others.
 */
final class Subsets {
  /** Up to so many subsets all are looked at, else so many are drawn. */
  static final int MOST = 1_000;

  private static final double EQUAL = 1e-12;

  private Subsets() {}

  /**
   * The expected worth of the best-scored of n samples (WebGPT, arXiv 2112.09332, appendix I), ties
   * resolved by lot: {@code sum_g (C(N - a_g, n) - C(N - b_g, n)) / C(N, n) * mean worth of g} over
   * groups g of equal scores, that hold the places a to b - 1 of the descending order.
   *
   * @param scores of each sample
   * @param worth of each sample, such as 1 for a right one
   * @param n samples that are drawn, 1 to all
   */
  static double best(double[] scores, double[] worth, int n) {
    check(scores.length, n);
    int total = scores.length;
    int[] order =
        IntStream.range(0, total)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    for (int from = 0; from < total; ) {
      int to = from;
      double own = 0;
      while (to < total && scores[order[to]] == scores[order[from]]) {
        own += worth[order[to++]];
      }
      sum += (noneOf(total, from, n) - noneOf(total, to, n)) * own / (to - from);
      from = to;
    }
    return sum;
  }

  /** The chance that n of all samples hold none of the first so many. */
  private static double noneOf(int total, int first, int n) {
    double chance = 1;
    for (int i = 0; i < n; i++) {
      chance *= Math.max(0, (double) (total - first - i) / (total - i));
    }
    return chance;
  }

  /**
   * The expected rightness of the answer with most weight among n samples (self-consistency, arXiv
   * 2203.11171, with weight 1; weighted by a reward model, arXiv 2312.08935), ties resolved by lot:
   * the mean over all subsets, or over {@value #MOST} drawn ones.
   *
   * @param answers the class of each sample's answer; empty for none, which abstains
   * @param weights of each sample, none negative
   * @param right whether each sample is right
   * @param seed of the draws
   */
  static double majority(
      List<String> answers, double[] weights, boolean[] right, int n, long seed) {
    check(weights.length, n);
    return mean(weights.length, n, seed, drawn -> vote(answers, weights, right, drawn));
  }

  private static double vote(List<String> answers, double[] weights, boolean[] right, int[] drawn) {
    List<String> classes = new ArrayList<>();
    List<Double> sums = new ArrayList<>();
    List<Boolean> truths = new ArrayList<>();
    for (int i : drawn) {
      String answer = answers.get(i);
      if (answer.isEmpty()) {
        continue;
      }
      int at = classes.indexOf(answer);
      if (at < 0) {
        classes.add(answer);
        sums.add(weights[i]);
        truths.add(right[i]);
      } else {
        sums.set(at, sums.get(at) + weights[i]);
        truths.set(at, truths.get(at) || right[i]);
      }
    }
    double most = sums.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double winners = 0;
    double rights = 0;
    for (int k = 0; k < sums.size(); k++) {
      if (sums.get(k) >= most - EQUAL) {
        winners++;
        rights += truths.get(k) ? 1 : 0;
      }
    }
    return winners == 0 ? 0 : rights / winners;
  }

  /** The mean of a value over subsets of n of all samples. */
  static double mean(int total, int n, long seed, ToDoubleFunction<int[]> value) {
    return few(total, n) ? ofAll(total, n, value) : ofDrawn(total, n, seed, value);
  }

  private static boolean few(int total, int n) {
    double count = 1;
    for (int i = 0; i < n && count <= MOST; i++) {
      count = count * (total - i) / (i + 1);
    }
    return Math.round(count) <= MOST;
  }

  private static double ofAll(int total, int n, ToDoubleFunction<int[]> value) {
    int[] drawn = IntStream.range(0, n).toArray();
    double sum = 0;
    for (int count = 1; ; count++) {
      sum += value.applyAsDouble(drawn.clone());
      int at = n - 1;
      while (at >= 0 && drawn[at] == total - n + at) {
        at--;
      }
      if (at < 0) {
        return sum / count;
      }
      drawn[at]++;
      for (int i = at + 1; i < n; i++) {
        drawn[i] = drawn[i - 1] + 1;
      }
    }
  }

  private static double ofDrawn(int total, int n, long seed, ToDoubleFunction<int[]> value) {
    RandomStream random = new RandomStream(seed);
    int[] all = IntStream.range(0, total).toArray();
    double sum = 0;
    for (int draw = 0; draw < MOST; draw++) {
      for (int i = 0; i < n; i++) {
        int other = i + random.nextInt(total - i);
        int kept = all[i];
        all[i] = all[other];
        all[other] = kept;
      }
      sum += value.applyAsDouble(Arrays.copyOf(all, n));
    }
    return sum / MOST;
  }

  private static void check(int total, int n) {
    if (n < 1 || n > total) {
      throw new IllegalArgumentException(
          "%d of %d samples cannot be drawn without replacement: n is between 1 and the number of samples."
              .formatted(n, total));
    }
  }
}

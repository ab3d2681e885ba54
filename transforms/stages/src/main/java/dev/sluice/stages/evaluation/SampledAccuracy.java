package dev.sluice.stages.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * The modal answer (maj@k over the first k samples' answers): the one given most often, among
   * equals the one given first; empty if no sample has an answer.
   *
   * @param answers normal forms of the answers in the order of the samples; empty text for a sample
   *     that has none, which abstains
   */
  public static Optional<String> majority(List<String> answers) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String answer : answers) {
      if (!answer.isEmpty()) {
        counts.merge(answer, 1, Integer::sum);
      }
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}

package dev.sluice.stages.evaluation.suite;

import dev.sluice.stages.evaluation.FirstErrorF1;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scores of ProcessBench, as the evaluation script of its repository has them: in each split
 * the accuracies on solutions with and without an error and their harmonic mean F1; the mean of the
 * splits' F1; and the majority of several predictions.
 */
final class ProcessBenchScore {

  /**
   * A predicted solution.
   *
   * @param problem index of its problem, from 0
   * @param split the part of the benchmark, such as gsm8k
   * @param label index of the first wrong step, -1 for none
   * @param prediction likewise; null if there is none, which is wrong
   */
  record Case(int problem, String split, int label, @Nullable Integer prediction) {}

  private ProcessBenchScore() {}

  /**
   * The scores of each split in a draw of problems, by name; a split that was not drawn is absent.
   *
   * @param drawn how often each problem was drawn, by its index
   */
  static Map<String, FirstErrorF1> bySplit(List<Case> cases, int[] drawn) {
    Map<String, List<FirstErrorF1.Case>> splits = new TreeMap<>();
    for (Case each : cases) {
      if (drawn[each.problem()] > 0) {
        splits
            .computeIfAbsent(each.split(), split -> new ArrayList<>())
            .add(new FirstErrorF1.Case(each.problem(), each.label(), each.prediction()));
      }
    }
    Map<String, FirstErrorF1> scores = new TreeMap<>();
    splits.forEach((split, own) -> scores.put(split, FirstErrorF1.of(own, drawn)));
    return scores;
  }

  /** The mean of the splits' F1 in a draw of problems; 0 without a case. */
  static double f1(List<Case> cases, int[] drawn) {
    return bySplit(cases, drawn).values().stream()
        .mapToDouble(FirstErrorF1::f1)
        .average()
        .orElse(0);
  }

  /**
   * The prediction made most often, among equals the one made first. Missing ones do not count.
   *
   * @param predictions in the order in which they were made
   */
  static @Nullable Integer majority(List<@Nullable Integer> predictions) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    for (Integer each : predictions) {
      if (each != null) {
        counts.merge(each, 1, Integer::sum);
      }
    }
    Integer first = null;
    int most = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        first = entry.getKey();
      }
    }
    return first;
  }
}

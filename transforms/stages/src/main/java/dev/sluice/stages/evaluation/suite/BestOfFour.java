package dev.sluice.stages.evaluation.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The scores of RewardBench 2, as its repository works them out. */
final class BestOfFour {
  private static final double ACCURACY = 0.30;
  private static final double MARGIN = 0.20;
  private static final double GAP = 0.01;

  private BestOfFour() {}

  /**
   * What a row is worth: 1 if the right response has the highest score alone, 1/k if it shares it
   * with k - 1 others, else 0.
   *
   * @param right score of the right response
   * @param wrong scores of the wrong ones
   */
  static double worth(double right, List<Double> wrong) {
    double best = wrong.stream().mapToDouble(Double::doubleValue).max().orElse(right);
    long equal = wrong.stream().filter(score -> score == right).count();
    return right < best ? 0 : 1.0 / (1 + equal);
  }

  /**
   * A prompt of the subset Ties.
   *
   * @param tied whether it has several right answers; else it is the reference prompt with one
   * @param number that a prompt and its reference prompt share
   * @param right scores of right answers
   * @param wrong scores of wrong ones
   */
  record Prompt(boolean tied, int number, List<Double> right, List<Double> wrong) {
    double margin() {
      return min(right) - max(wrong);
    }

    double spread() {
      return max(right) - min(right);
    }
  }

  /**
   * The score of Ties: {@code 0.30 tied accuracy + 0.30 reference accuracy + 0.20 mean [m > s] +
   * 0.20 mean [min(m, r) > s] + 0.01 mean tanh(min(m, r) / s - 1)}. A prompt is right if every
   * right answer scores higher than every wrong one; m and r are the least right minus the greatest
   * wrong score of the tied prompt and of its reference prompt, s the spread of right scores of the
   * tied one. The last three means are over prompts that have both, and 0/0 counts 0.
   *
   * @param drawn how often the prompts of each number were drawn, by number; once if absent
   */
  static double ties(List<Prompt> prompts, Map<Integer, Integer> drawn) {
    double[] right = new double[2];
    double[] all = new double[2];
    Map<Integer, Prompt> tied = new TreeMap<>();
    Map<Integer, Prompt> reference = new TreeMap<>();
    for (Prompt prompt : prompts) {
      int times = drawn.getOrDefault(prompt.number(), 1);
      int side = prompt.tied() ? 0 : 1;
      right[side] += prompt.margin() > 0 ? times : 0;
      all[side] += times;
      (prompt.tied() ? tied : reference).put(prompt.number(), prompt);
    }
    double preferred = 0;
    double hard = 0;
    double gap = 0;
    double both = 0;
    for (Map.Entry<Integer, Prompt> entry : tied.entrySet()) {
      Prompt own = entry.getValue();
      Prompt other = reference.get(entry.getKey());
      if (other == null) {
        continue;
      }
      int times = drawn.getOrDefault(entry.getKey(), 1);
      double least = Math.min(own.margin(), other.margin());
      preferred += own.margin() > own.spread() ? times : 0;
      hard += least > own.spread() ? times : 0;
      double ratio = Math.tanh(least / own.spread() - 1);
      gap += Double.isNaN(ratio) ? 0 : times * ratio;
      both += times;
    }
    return ACCURACY * (share(right[0], all[0]) + share(right[1], all[1]))
        + MARGIN * (share(preferred, both) + share(hard, both))
        + GAP * share(gap, both);
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }

  private static double min(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  private static double max(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /**
   * The prompt of a row whose id is {@code tied:NUMBER} or {@code ref:NUMBER}; null if it is not.
   */
  static @Nullable Prompt prompt(BenchRows.Scored row) {
    if (!row.id().matches("(tied|ref):\\d{1,9}")) {
      return null;
    }
    int colon = row.id().indexOf(':');
    return new Prompt(
        row.id().startsWith("tied"),
        Integer.parseInt(row.id().substring(colon + 1)),
        row.chosen(),
        row.rejected());
  }

  /** The prompts among rows. */
  static List<Prompt> prompts(List<BenchRows.Scored> rows) {
    List<Prompt> prompts = new ArrayList<>();
    for (BenchRows.Scored row : rows) {
      Prompt prompt = prompt(row);
      if (prompt != null) {
        prompts.add(prompt);
      }
    }
    return prompts;
  }

  /** Each once. */
  static int[] once(int count) {
    int[] once = new int[count];
    Arrays.fill(once, 1);
    return once;
  }
}

package dev.sluice.stages.filtering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Texts that repeat an earlier one: the share of runs of words that both have, of all that either
 * has (Jaccard), reaches a threshold. Exact, with the prefix filter of Bayardo et al. (Scaling Up
 * All Pairs Similarity Search, 2007): two texts so alike share one of their rarest runs.
 */
final class NearDuplicates {
  private final int gram;
  private final double threshold;

  /**
   * A rule.
   *
   * @param gram words of a run
   * @param threshold share of common runs from which on a text repeats another, above 0 to 1
   */
  NearDuplicates(int gram, double threshold) {
    this.gram = gram;
    this.threshold = threshold;
  }

  /**
   * A text that repeats an earlier one that is kept.
   *
   * @param index of the text
   * @param of index of the kept one that it is most like; the first of equals
   * @param similarity share of common runs
   */
  record Repeat(int index, int of, double similarity) {}

  /** Those among texts that repeat an earlier one which repeats none itself, in order. */
  List<Repeat> of(List<String> texts) {
    List<long[]> runs = texts.stream().map(text -> Words.grams(Words.of(text), gram)).toList();
    Map<Long, Integer> counts = new HashMap<>();
    runs.forEach(each -> Arrays.stream(each).forEach(run -> counts.merge(run, 1, Integer::sum)));
    Map<Long, List<Integer>> keptByRun = new HashMap<>();
    List<Repeat> repeats = new ArrayList<>();
    for (int index = 0; index < runs.size(); index++) {
      List<Long> rarest = rarest(runs.get(index), counts);
      Repeat repeat = most(index, runs, rarest, keptByRun);
      if (repeat == null) {
        for (long run : rarest) {
          keptByRun.computeIfAbsent(run, key -> new ArrayList<>(1)).add(index);
        }
      } else {
        repeats.add(repeat);
      }
    }
    return repeats;
  }

  private @Nullable Repeat most(
      int index, List<long[]> runs, List<Long> rarest, Map<Long, List<Integer>> keptByRun) {
    TreeSet<Integer> candidates = new TreeSet<>();
    rarest.forEach(run -> candidates.addAll(keptByRun.getOrDefault(run, List.of())));
    Repeat most = null;
    for (int other : candidates) {
      double similarity = similarity(runs.get(index), runs.get(other));
      if (similarity >= threshold && (most == null || similarity > most.similarity())) {
        most = new Repeat(index, other, similarity);
      }
    }
    return most;
  }

  /** As many of the rarest runs as must hold one that an equally alike text has among its own. */
  private List<Long> rarest(long[] runs, Map<Long, Integer> counts) {
    int enough = runs.length - (int) Math.ceil(threshold * runs.length - 1e-9) + 1;
    return Arrays.stream(runs)
        .boxed()
        .sorted(
            Comparator.comparingInt((Long run) -> counts.getOrDefault(run, 0))
                .thenComparing(Comparator.naturalOrder()))
        .limit(Math.max(0, enough))
        .toList();
  }

  /** The share of common elements of two ascending sets; 0 if one is empty. */
  static double similarity(long[] first, long[] second) {
    int i = 0;
    int j = 0;
    int common = 0;
    while (i < first.length && j < second.length) {
      if (first[i] == second[j]) {
        common++;
        i++;
        j++;
      } else if (first[i] < second[j]) {
        i++;
      } else {
        j++;
      }
    }
    int all = first.length + second.length - common;
    return common == 0 ? 0 : common / (double) all;
  }
}

package dev.sluice.methods.text;

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
public final class NearDuplicates implements Repeats {
  private final double threshold;
  private final List<long[]> runs;
  private final Map<Long, Integer> counts = new HashMap<>();
  private final Map<Long, List<Integer>> keptByRun = new HashMap<>();

  /**
   * A rule over texts.
   *
   * @param gram words of a run
   * @param threshold share of common runs from which on a text repeats another, above 0 to 1
   */
  public NearDuplicates(int gram, double threshold, List<String> texts) {
    this.threshold = threshold;
    runs = texts.stream().map(text -> Words.grams(Words.of(text), gram)).toList();
    runs.forEach(each -> Arrays.stream(each).forEach(run -> counts.merge(run, 1, Integer::sum)));
  }

  @Override
  public @Nullable Repeat of(int index) {
    TreeSet<Integer> candidates = new TreeSet<>();
    for (long run : rarest(runs.get(index))) {
      candidates.addAll(keptByRun.getOrDefault(run, List.of()));
    }
    Repeat most = null;
    for (int other : candidates) {
      double similarity = similarity(runs.get(index), runs.get(other));
      if (similarity >= threshold && (most == null || similarity > most.similarity())) {
        most = new Repeat(other, similarity);
      }
    }
    return most;
  }

  @Override
  public void keep(int index) {
    for (long run : rarest(runs.get(index))) {
      keptByRun.computeIfAbsent(run, key -> new ArrayList<>(1)).add(index);
    }
  }

  /** As many of the rarest runs as must hold one that an equally alike text has among its own. */
  private List<Long> rarest(long[] own) {
    int enough = own.length - (int) Math.ceil(threshold * own.length - 1e-9) + 1;
    return Arrays.stream(own)
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

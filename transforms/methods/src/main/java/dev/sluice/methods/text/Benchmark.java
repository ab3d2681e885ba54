package dev.sluice.methods.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Texts that a model is to be measured on, and must not be trained on. A problem is taken for one
 * of them if both share a run of n words and their longest common subsequence is more than a share
 * of the shorter one's words: runs alone also catch set phrases ("what is the value of the
 * following expression"). Qwen2.5-Math (2409.12122); METHODS 4.9.
 */
public final class Benchmark {
  private final int gram;
  private final double share;
  private final List<long[]> texts = new ArrayList<>();
  private final Map<Long, List<Integer>> byGram = new HashMap<>();

  /**
   * Without texts.
   *
   * @param gram words of a run; a text with fewer is one run
   * @param share of the words of the shorter text, from 0 to 1
   */
  public Benchmark(int gram, double share) {
    this.gram = gram;
    this.share = share;
  }

  /**
   * A text that a problem was taken for.
   *
   * @param index of the text, from 0, in the order in which they were added
   * @param share of the shorter text's words that both have in one order
   */
  public record Match(int index, double share) {}

  /** Adds a text; its index is the number of those before it. */
  public void add(String text) {
    long[] words = Words.of(text);
    for (long run : Words.grams(words, gram)) {
      byGram.computeIfAbsent(run, key -> new ArrayList<>(1)).add(texts.size());
    }
    texts.add(words);
  }

  /** The text that a problem shares most with, if it is one of them; the first of equals. */
  public Optional<Match> find(String problem) {
    long[] words = Words.of(problem);
    TreeSet<Integer> candidates = new TreeSet<>();
    for (long run : Words.grams(words, gram)) {
      candidates.addAll(byGram.getOrDefault(run, List.of()));
    }
    Match best = null;
    for (int index : candidates) {
      long[] text = texts.get(index);
      double common =
          Words.commonSubsequence(words, text) / (double) Math.min(words.length, text.length);
      if (common > share && (best == null || common > best.share())) {
        best = new Match(index, common);
      }
    }
    return Optional.ofNullable(best);
  }
}

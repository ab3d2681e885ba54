package dev.sluice.methods.reward.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The runs of n items of a text.
 *
 * @param total how many there are
 * @param distinct how many differ
 * @param repeated how many of those that differ occur more than once
 */
record NGrams(int total, int distinct, int repeated) {

  /** Those of the words of a text, which blanks divide. */
  static NGrams ofWords(String text, int n) {
    // Numbers for words, so that comparing two runs costs n whatever the words are.
    Map<String, Integer> numbers = new HashMap<>();
    return of(
        Arrays.stream(text.split("\\s+"))
            .filter(word -> !word.isEmpty())
            .mapToInt(word -> numbers.computeIfAbsent(word, any -> numbers.size()))
            .toArray(),
        n);
  }

  /** Those of a row of numbers. */
  static NGrams of(int[] items, int n) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    int total = Math.max(0, items.length - n + 1);
    List<Integer> boxed = IntStream.of(items).boxed().toList();
    for (int i = 0; i < total; i++) {
      counts.merge(boxed.subList(i, i + n), 1, Integer::sum);
    }
    int repeated = (int) counts.values().stream().filter(count -> count > 1).count();
    return new NGrams(total, counts.size(), repeated);
  }

  /** The words of a text in lower case. */
  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The n-grams themselves, each once. */
  static List<List<String>> distinct(List<String> items, int n) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i + n <= items.size(); i++) {
      all.add(items.subList(i, i + n));
    }
    return all.stream().distinct().toList();
  }

  /** The share of n-grams that repeat an earlier one; 0 without any. */
  double repeats() {
    return total == 0 ? 0 : 1 - (double) distinct / total;
  }

  /** The number of different n-grams that occur more than once, over all; 0 without any. */
  double repeatedRatio() {
    return total == 0 ? 0 : (double) repeated / total;
  }
}

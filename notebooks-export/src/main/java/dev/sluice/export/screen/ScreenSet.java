package dev.sluice.export.screen;

import dev.sluice.methods.text.Benchmark;
import dev.sluice.methods.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One set of texts. */
final class ScreenSet {
  private final String name;
  private final Benchmark benchmark;
  private final List<String> texts = new ArrayList<>();

  /** The first row of texts with the same words, by their hash. */
  private final Map<Long, Integer> rowByWords = new HashMap<>();

  /** The first row of a text without words, such as one of signs alone. */
  private final Map<String, Integer> rowBySigns = new HashMap<>();

  private int size;

  ScreenSet(ScreenRule rule, String name) {
    this.name = name;
    this.benchmark = new Benchmark(rule.runWords(), rule.commonShare());
  }

  String name() {
    return name;
  }

  /** How many texts are not blank. */
  int size() {
    return size;
  }

  /** Adds the text of the next row; a blank one overlaps with nothing. */
  void add(String text) {
    int row = texts.size();
    texts.add(text);
    benchmark.add(text);
    if (text.isBlank()) {
      return;
    }
    size++;
    long[] words = Words.of(text);
    if (words.length == 0) {
      rowBySigns.putIfAbsent(text.strip(), row);
    } else {
      rowByWords.putIfAbsent(whole(words), row);
    }
  }

  Optional<Screen.Overlap> find(String question) {
    long[] words = Words.of(question);
    Integer equal =
        words.length == 0 ? rowBySigns.get(question.strip()) : rowByWords.get(whole(words));
    return equal != null
        ? Optional.of(overlap(equal, 1))
        : benchmark.find(question).map(match -> overlap(match.index(), match.share()));
  }

  private Screen.Overlap overlap(int row, double share) {
    return new Screen.Overlap(name, row, share, texts.get(row));
  }

  /** All words as one run. */
  private static long whole(long[] words) {
    return Words.grams(words, words.length)[0];
  }
}

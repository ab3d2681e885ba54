package dev.sluice.methods.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  /** A text that repeats another. */
  private record Repeat(int index, int of, double similarity) {}

  private static List<Repeat> repeats(int gram, double threshold, List<String> texts) {
    Repeats rule = new NearDuplicates(gram, threshold, texts);
    List<Repeat> repeats = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Repeats.Repeat found = rule.of(i);
      if (found == null) {
        rule.keep(i);
      } else {
        repeats.add(new Repeat(i, found.of(), found.similarity()));
      }
    }
    return repeats;
  }

  @Test
  void aRepeatIsNoExampleForOthers() {
    // Runs of one word: the second has 4 of 5 with the first, the third 4 of 5 with the second, but
    // only 3 of 6 with the first.
    List<String> texts = List.of("a b c d", "a b c d e", "b c d e f", "a b c d", "");
    assertThat(repeats(1, .8, texts)).containsExactly(new Repeat(1, 0, .8), new Repeat(3, 0, 1));
    assertThat(repeats(1, .81, texts)).containsExactly(new Repeat(3, 0, 1));
  }

  @Test
  void orderCountsWithinARun() {
    List<String> texts = List.of("a b c d", "d c b a");
    assertThat(repeats(1, 1, texts)).containsExactly(new Repeat(1, 0, 1));
    assertThat(repeats(2, .1, texts)).isEmpty();
  }

  /** Beside a comparison of all with all. */
  @Test
  void findsWhatAllPairsHave() {
    RandomStream random = new RandomStream(3);
    for (double threshold : new double[] {.3, .5, .75, .8, 1}) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        StringBuilder text = new StringBuilder();
        int words = random.nextInt(0, 12);
        for (int w = 0; w < words; w++) {
          text.append((char) ('a' + random.nextInt(0, 6))).append(' ');
        }
        texts.add(text.toString());
      }
      List<Repeat> found = repeats(2, threshold, texts);
      assertThat(found).as("%s", threshold).isEqualTo(allPairs(texts, threshold)).isNotEmpty();
    }
  }

  private static List<Repeat> allPairs(List<String> texts, double threshold) {
    List<Repeat> repeats = new ArrayList<>();
    TreeSet<Integer> kept = new TreeSet<>();
    for (int i = 0; i < texts.size(); i++) {
      Repeat most = null;
      for (int other : kept) {
        double similarity = NearDuplicates.similarity(runs(texts.get(i)), runs(texts.get(other)));
        if (similarity >= threshold && (most == null || similarity > most.similarity())) {
          most = new Repeat(i, other, similarity);
        }
      }
      if (most == null) {
        kept.add(i);
      } else {
        repeats.add(most);
      }
    }
    return repeats;
  }

  private static long[] runs(String text) {
    return Words.grams(Words.of(text), 2);
  }
}

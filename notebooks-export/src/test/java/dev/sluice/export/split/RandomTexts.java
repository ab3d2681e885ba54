package dev.sluice.export.split;

import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Texts of which many are alike: new ones, and earlier ones with a word changed or added. */
final class RandomTexts {
  private RandomTexts() {}

  /**
   * Draws texts.
   *
   * @param words different words
   * @param longest most words of a new text
   * @param copies share of the texts that are made of an earlier one
   */
  static List<String> draw(RandomStream random, int count, int words, int longest, double copies) {
    List<List<String>> texts = new ArrayList<>();
    while (texts.size() < count) {
      List<String> text = new ArrayList<>();
      if (!texts.isEmpty() && random.nextDouble() < copies) {
        text.addAll(texts.get(random.nextInt(texts.size())));
        for (int change = random.nextInt(0, 2); change > 0; change--) {
          change(random, text, word(random, words));
        }
      } else {
        for (int length = random.nextInt(0, longest); length > 0; length--) {
          text.add(word(random, words));
        }
      }
      texts.add(text);
    }
    return texts.stream().map(text -> String.join(" ", text)).toList();
  }

  private static void change(RandomStream random, List<String> text, String word) {
    int at = random.nextInt(text.size() + 1);
    if (at < text.size() && random.nextInt(2) == 0) {
      text.set(at, word);
    } else {
      text.add(at, word);
    }
  }

  private static String word(RandomStream random, int words) {
    // Some words are in most texts, as in set phrases.
    double place = random.nextDouble();
    return "w" + (int) (place * place * words);
  }
}

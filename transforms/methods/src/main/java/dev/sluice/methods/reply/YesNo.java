package dev.sluice.methods.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Words that say yes and no.
 *
 * @param yes in small letters
 * @param no in small letters
 */
record YesNo(List<String> yes, List<String> no) {
  /** The words of before, as a file writes them. */
  static final String YES = "[\"yes\", correct, \"1\", \"1.0\"]";

  static final String NO = "[\"no\", incorrect, \"0\", \"0.0\"]";

  static final YesNo PLAIN =
      new YesNo(List.of("yes", "correct", "1", "1.0"), List.of("no", "incorrect", "0", "0.0"));

  /**
   * Checks the words of a file.
   *
   * @throws IllegalArgumentException naming the word that is wrong
   */
  static void check(List<String> yes, List<String> no) {
    Set<String> both = new HashSet<>(yes);
    both.retainAll(no);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is among the words for yes and for no; leave it in one of them"
              .formatted(both.stream().sorted().findFirst().orElseThrow()));
    }
    for (List<String> words : List.of(yes, no)) {
      for (String word : words) {
        if (!word.equals(word.toLowerCase(Locale.ROOT)) || word.isBlank()) {
          throw new IllegalArgumentException(
              "'%s' is no word in small letters; replies are compared in small letters"
                  .formatted(word));
        }
      }
    }
  }

  /** The verdict that a word is; empty if it is none. */
  Optional<Boolean> of(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    return yes.contains(small)
        ? Optional.of(true)
        : no.contains(small) ? Optional.of(false) : Optional.empty();
  }
}

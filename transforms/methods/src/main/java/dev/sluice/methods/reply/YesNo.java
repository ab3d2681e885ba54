package dev.sluice.methods.reply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Words that say yes and no.
 *
 * @param yes in small letters
 * @param no in small letters
 */
record YesNo(List<String> yes, List<String> no) {
  /** The default words for yes, as YAML. */
  static final String YES = "[\"yes\", correct, \"1\", \"1.0\"]";

  /** The default words for no, as YAML. */
  static final String NO = "[\"no\", incorrect, \"0\", \"0.0\"]";

  static final YesNo PLAIN =
      new YesNo(List.of("yes", "correct", "1", "1.0"), List.of("no", "incorrect", "0", "0.0"));

  /** What is wrong with the words, as a sentence; empty if nothing is. */
  String objection() {
    for (String word : yes) {
      if (no.contains(word)) {
        return "'%s' is among the words for yes and for no; leave it in one of them"
            .formatted(word);
      }
    }
    for (List<String> words : List.of(yes, no)) {
      for (String word : words) {
        if (!word.equals(word.toLowerCase(Locale.ROOT)) || word.isBlank()) {
          return "'%s' is blank or has capital letters; replies are compared in small letters"
              .formatted(word);
        }
      }
    }
    return "";
  }

  /** The verdict of a word; empty for any other word. */
  Optional<Boolean> of(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    return yes.contains(small)
        ? Optional.of(true)
        : no.contains(small) ? Optional.of(false) : Optional.empty();
  }
}

package dev.sluice.export.scrub;

import java.util.Locale;
import java.util.Set;

/**
 * A text that is read from left to right, with what was written of it so far. What comes before a
 * place is read as it was written, so a second pass over the result reads the same.
 */
final class Scan {
  /** No character: before the text and after it. */
  static final char NONE = 0;

  private static final char AFTER_LATIN = '\u0250';
  private static final char EAST_ASIAN = '\u2E80';

  private final String text;
  private final StringBuilder written;
  private int from;

  Scan(String text) {
    this.text = text;
    this.written = new StringBuilder();
  }

  String text() {
    return text;
  }

  /** Where the text begins that no match has taken. */
  int from() {
    return from;
  }

  /** Writes what comes before a match, and its placeholder. */
  void replace(Match match) {
    written.append(text, from, match.start()).append(match.kind().placeholder());
    from = match.end();
  }

  /** The whole result. */
  String finish() {
    return written.append(text, from, text.length()).toString();
  }

  /** The character at a place. */
  char at(int place) {
    return place >= 0 && place < text.length() ? text.charAt(place) : NONE;
  }

  /** The character before a place, as it is written. */
  char before(int place) {
    if (place > from) {
      return text.charAt(place - 1);
    }
    return written.isEmpty() ? NONE : written.charAt(written.length() - 1);
  }

  /** Whether a match was replaced that ends at a place. */
  boolean follows(int place) {
    return place == from && !written.isEmpty();
  }

  /** The first place from one on that holds no blank. */
  int skipBlanks(int place) {
    int next = place;
    while (isBlank(at(next))) {
      next++;
    }
    return next;
  }

  /**
   * The place after the last one before another that holds no blank; at the least {@link #from}.
   */
  int skipBlanksBack(int place) {
    int next = place;
    while (next > from && isBlank(text.charAt(next - 1))) {
      next--;
    }
    return next;
  }

  /**
   * Whether one of some words is near before a place.
   *
   * @param characters how far before
   * @param words in lower case
   */
  boolean says(int place, int characters, Set<String> words) {
    String near = text.substring(Math.max(from, place - characters), place);
    int missing = Math.min(characters - near.length(), written.length());
    near = written.substring(written.length() - missing) + near;
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= near.length(); i++) {
      if (i < near.length() && Character.isLetter(near.charAt(i))) {
        word.append(near.charAt(i));
      } else if (!word.isEmpty()) {
        if (words.contains(word.toString().toLowerCase(Locale.ROOT))) {
          return true;
        }
        word.setLength(0);
      }
    }
    return false;
  }

  /**
   * A letter or digit, or an underscore, of a script with spaces between words. In the others a
   * number is set right beside its text.
   */
  static boolean isWord(char c) {
    return c < EAST_ASIAN && (Character.isLetterOrDigit(c) || c == '_');
  }

  /** A letter or digit of the Latin script. */
  static boolean isLatin(char c) {
    return c < AFTER_LATIN && Character.isLetterOrDigit(c);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
  }
}

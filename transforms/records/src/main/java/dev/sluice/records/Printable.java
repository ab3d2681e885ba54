package dev.sluice.records;

import java.util.function.IntPredicate;

/**
 * Text without what a terminal acts on: control characters, which move its cursor or set its title,
 * and the marks that turn the direction of writing, which show another text than is there.
 */
public final class Printable {
  /** Characters of a sentence at the most, and of its end, where the next step stands. */
  private static final int MAX_SENTENCE = 2_000;

  private static final int END_OF_SENTENCE = 400;

  private Printable() {}

  /** Whether a character is only ever shown escaped. Tab and line feed are ordinary. */
  public static boolean acts(int character) {
    return (character < ' ' && character != '\n' && character != '\t')
        || (character >= 0x7F && character <= 0x9F)
        || character == 0x061C
        || character == 0x200E
        || character == 0x200F
        || (character >= 0x2028 && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || character == 0xFEFF;
  }

  /** Such a character as JSON writes it, so that JSON stays what it is. */
  public static String escaped(int character) {
    return "\\u%04x".formatted(character);
  }

  /** A text with such characters escaped. */
  public static String text(String text) {
    return escaped(text, Printable::acts);
  }

  /** The same on one line: line feeds and tabs are escaped too. */
  public static String line(String text) {
    return escaped(text, character -> acts(character) || character == '\n' || character == '\t');
  }

  /**
   * A sentence that may quote what strangers wrote: on one line, and without its middle where it is
   * longer than a person reads.
   */
  public static String sentence(String text) {
    // Escapes are longer than what they stand for.
    return shortened(line(shortened(text)));
  }

  /** A text without its middle where it is longer than a person reads; else as it is. */
  public static String shortened(String text) {
    return text.length() <= MAX_SENTENCE
        ? text
        : text.substring(0, MAX_SENTENCE - END_OF_SENTENCE)
            + " ... "
            + text.substring(text.length() - END_OF_SENTENCE);
  }

  private static String escaped(String text, IntPredicate which) {
    if (text.chars().noneMatch(which)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    text.chars()
        .forEach(
            character -> {
              if (which.test(character)) {
                printable.append(escaped(character));
              } else {
                printable.append((char) character);
              }
            });
    return printable.toString();
  }
}

package dev.sluice.stages.answers;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code \boxed{}} holds. */
final class Boxes {
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)\\s*(?:\\{|(?=[-\\w]))");

  private Boxes() {}

  /**
   * The content of the last box that is not empty; empty if there is none.
   *
   * @param question boxes that it holds as well are quotations
   */
  static String last(String text, String question) {
    Matcher box = BOX.matcher(text);
    String last = "";
    while (box.find()) {
      boolean braced = box.group().endsWith("{");
      String found =
          braced
              ? Objects.requireNonNullElse(Brackets.braced(text, box.end() - 1), "")
              : word(text, box.end());
      String whole = box.group() + found + (braced ? "}" : "");
      boolean quoted = !question.isEmpty() && question.contains(whole);
      if (!found.isBlank() && !quoted) {
        last = found.strip();
      }
    }
    return last;
  }

  private static String word(String text, int from) {
    Matcher word = Pattern.compile("[-\\w.,/]+").matcher(text).region(from, text.length());
    return word.lookingAt() ? word.group() : "";
  }
}

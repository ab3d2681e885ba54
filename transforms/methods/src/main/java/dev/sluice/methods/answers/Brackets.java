package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts with brackets: what stands outside of them. */
final class Brackets {
  private static final List<String> OPEN = List.of("(", "[", "{", "\\lbrace", "\\langle");
  private static final List<String> CLOSE = List.of(")", "]", "}", "\\rbrace", "\\rangle");

  private Brackets() {}

  /** A text that begins with a bracket and ends with the one that closes it. */
  record Whole(String open, String content, String close) {}

  private static @Nullable String starts(List<String> brackets, String text, int at) {
    for (String bracket : brackets) {
      if (text.startsWith(bracket, at)) {
        return bracket;
      }
    }
    return null;
  }

  /** The parts between separators that are outside of all brackets. */
  static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += starts(OPEN, text, i) != null ? 1 : starts(CLOSE, text, i) != null ? -1 : 0;
      if (depth == 0 && text.startsWith(separator, i)) {
        parts.add(text.substring(begin, i));
        begin = i + separator.length();
        i = begin - 1;
      }
    }
    parts.add(text.substring(begin));
    return parts;
  }

  /** The text as one pair of brackets; null if it is something else. Intervals may be half open. */
  static @Nullable Whole whole(String text) {
    String open = starts(OPEN, text, 0);
    if (open == null || open.equals("{")) {
      return null;
    }
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      String closes = starts(CLOSE, text, i);
      depth += starts(OPEN, text, i) != null ? 1 : closes != null ? -1 : 0;
      if (depth == 0) {
        return closes != null && i + closes.length() == text.length()
            ? new Whole(open, text.substring(open.length(), i), closes)
            : null;
      }
    }
    return null;
  }

  /**
   * What braces hold up to the one that closes them; escaped braces count for nothing. Null if none
   * closes them.
   *
   * @param at where the opening brace is
   */
  static @Nullable String braced(String text, int at) {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        continue;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(at + 1, i);
      }
    }
    return null;
  }
}

package dev.sluice.pipelines.file.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Finds the quote that was left open in a text which is not YAML. An open quote runs to the next
 * quote of its kind, so it is the first one behind whose end something stands that cannot.
 */
final class UnclosedQuote {
  private UnclosedQuote() {}

  /** Line and column, from 0, of the first quote that is not closed where its value ends. */
  static int @Nullable [] find(String text) {
    int line = 0;
    int lineStart = 0;
    int blockIndent = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i == lineStart && blockIndent >= 0) {
        int end = lineEnd(text, i);
        int indent = indent(text, i, end);
        if (indent == end - i || indent > blockIndent) {
          line++;
          lineStart = end + 1;
          i = end;
          continue;
        }
        blockIndent = -1;
      }
      if (c == '\n') {
        line++;
        lineStart = i + 1;
      } else if (c == '#' && (i == lineStart || blank(text.charAt(i - 1)))) {
        i = lineEnd(text, i) - 1;
      } else if ((c == '|' || c == '>') && startsValue(text, i, lineStart) && endsLine(text, i)) {
        blockIndent = indent(text, lineStart, i);
        i = lineEnd(text, i) - 1;
      } else if ((c == '"' || c == '\'') && startsValue(text, i, lineStart)) {
        int close = close(text, i);
        if (close < 0 || !validAfter(text, close + 1)) {
          return new int[] {line, i - lineStart};
        }
        for (int j = i; j < close; j++) {
          if (text.charAt(j) == '\n') {
            line++;
            lineStart = j + 1;
          }
        }
        i = close;
      }
    }
    return null;
  }

  private static boolean startsValue(String text, int at, int lineStart) {
    int i = at - 1;
    while (i >= lineStart && blank(text.charAt(i))) {
      i--;
    }
    if (i < lineStart || "[{,".indexOf(text.charAt(i)) >= 0) {
      return true;
    }
    return i < at - 1 && ":-?".indexOf(text.charAt(i)) >= 0;
  }

  private static int close(String text, int open) {
    char quote = text.charAt(open);
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '"' && c == '\\') {
        i++;
      } else if (c == quote) {
        if (quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == '\'') {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean validAfter(String text, int from) {
    int i = from;
    while (i < text.length() && blank(text.charAt(i))) {
      i++;
    }
    return i >= text.length()
        || ",]}:\n\r".indexOf(text.charAt(i)) >= 0
        || (text.charAt(i) == '#' && i > from);
  }

  private static boolean endsLine(String text, int indicator) {
    int i = indicator + 1;
    while (i < text.length() && "+-0123456789".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    while (i < text.length() && blank(text.charAt(i))) {
      i++;
    }
    return i >= text.length() || "\r\n#".indexOf(text.charAt(i)) >= 0;
  }

  private static int indent(String text, int from, int to) {
    int i = from;
    while (i < to && text.charAt(i) == ' ') {
      i++;
    }
    return i - from;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }
}

package dev.sluice.jinja.syntax;

import dev.sluice.jinja.value.TemplateException;

/** Python's escapes in a text in quotes. */
final class Escapes {
  private Escapes() {}

  /** The text that a literal means. */
  static String resolved(String literal, int line) {
    if (literal.indexOf('\\') < 0) {
      return literal;
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < literal.length()) {
      char c = literal.charAt(i);
      if (c != '\\' || i + 1 == literal.length()) {
        out.append(c);
        i++;
        continue;
      }
      char kind = literal.charAt(i + 1);
      i += 2;
      switch (kind) {
        case '\n' -> {}
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'v' -> out.append('\u000b');
        case '\\', '\'', '"' -> out.append(kind);
        case 'x' -> i = hexadecimal(literal, i, 2, out, line);
        case 'u' -> i = hexadecimal(literal, i, 4, out, line);
        case 'U' -> i = hexadecimal(literal, i, 8, out, line);
        case 'N' -> i = named(literal, i, out, line);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> i = octal(literal, i - 1, out);
        default -> out.append('\\').append(kind);
      }
    }
    return out.toString();
  }

  private static int hexadecimal(String text, int from, int digits, StringBuilder out, int line) {
    int end = from + digits;
    if (end <= text.length() && text.substring(from, end).matches("[0-9a-fA-F]+")) {
      long point = Long.parseLong(text.substring(from, end), 16);
      if (point <= Character.MAX_CODE_POINT) {
        out.appendCodePoint((int) point);
        return end;
      }
    }
    throw new TemplateException(
        "an escape in '%s' wants %d hexadecimal digits of a character".formatted(text, digits),
        line);
  }

  private static int octal(String text, int from, StringBuilder out) {
    int end = from;
    while (end < text.length() && end < from + 3 && "01234567".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    out.appendCodePoint(Integer.parseInt(text.substring(from, end), 8));
    return end;
  }

  private static int named(String text, int from, StringBuilder out, int line) {
    int end = text.indexOf('}', from);
    if (end > 0 && text.charAt(from) == '{') {
      try {
        out.appendCodePoint(Character.codePointOf(text.substring(from + 1, end)));
        return end + 1;
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw new TemplateException("'%s' names a character that is none".formatted(text), line);
  }
}

package dev.sluice.jinja.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Python's text functions: places count characters (code points), not UTF-16 units. */
public final class Texts {
  private Texts() {}

  /** Python's white space. */
  public static boolean isSpace(int c) {
    return (c >= 9 && c <= 13)
        || (c >= 28 && c <= 32)
        || c == 0x85
        || c == 0xa0
        || (c > 0xa0 && Character.isSpaceChar(c));
  }

  /** Whether Python's {@code repr} leaves a character as it is. */
  static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  public static String strip(String text) {
    return stripEnd(stripStart(text, Texts::isSpace), Texts::isSpace);
  }

  public static String stripEnd(String text) {
    return stripEnd(text, Texts::isSpace);
  }

  static String stripStart(String text, IntPredicate goes) {
    int start = 0;
    while (start < text.length() && goes.test(text.codePointAt(start))) {
      start = text.offsetByCodePoints(start, 1);
    }
    return text.substring(start);
  }

  public static String stripEnd(String text, IntPredicate goes) {
    int end = text.length();
    while (end > 0 && goes.test(text.codePointBefore(end))) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }

  private static boolean breaksLine(int c) {
    return (c >= 10 && c <= 13) || (c >= 28 && c <= 30) || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /**
   * Lines, ended by any of Python's line breaks; none after the last break.
   *
   * @param breaks whether lines keep what ends them
   */
  public static List<Object> lines(String text, boolean breaks) {
    List<Object> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i++);
      if (breaksLine(c)) {
        int end = i - 1;
        if (c == '\r' && i < text.length() && text.charAt(i) == '\n') {
          i++;
        }
        lines.add(text.substring(start, breaks ? i : end));
        start = i;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  /** At white space, from the left; {@code most} cuts at the most, below 0 for all. */
  static List<Object> words(String text, int most) {
    List<Object> words = new ArrayList<>();
    int start = pastSpace(text, 0);
    while (start < text.length()) {
      if (most >= 0 && words.size() == most) {
        words.add(text.substring(start));
        break;
      }
      int end = start;
      while (end < text.length() && !isSpace(text.charAt(end))) {
        end++;
      }
      words.add(text.substring(start, end));
      Limits.items(words.size());
      start = pastSpace(text, end);
    }
    return words;
  }

  private static int pastSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** At white space, from the right. */
  static List<Object> wordsFromEnd(String text, int most) {
    List<Object> words = new ArrayList<>();
    int end = stripEnd(text).length();
    while (end > 0) {
      if (most >= 0 && words.size() == most) {
        words.add(text.substring(0, end));
        break;
      }
      int start = end;
      while (start > 0 && !isSpace(text.charAt(start - 1))) {
        start--;
      }
      if (start < end) {
        words.add(text.substring(start, end));
        Limits.items(words.size());
      }
      end = start;
      while (end > 0 && isSpace(text.charAt(end - 1))) {
        end--;
      }
    }
    Collections.reverse(words);
    return words;
  }

  /** At each occurrence of a text. */
  public static List<Object> split(String text, String at, int most) {
    List<Object> parts = new ArrayList<>();
    Search search = Search.forward(at);
    int start = 0;
    for (int i = search.in(text, 0); i >= 0 && (most < 0 || parts.size() < most); ) {
      parts.add(text.substring(start, i));
      Limits.items(parts.size());
      start = i + at.length();
      i = search.in(text, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** How often a text occurs, without overlaps. */
  static int count(String text, String wanted) {
    Search search = Search.forward(wanted);
    int count = 0;
    for (int i = search.in(text, 0); i >= 0; i = search.in(text, i + wanted.length())) {
      count++;
    }
    return count;
  }

  /** At each occurrence of a text, from the right. */
  static List<Object> splitFromEnd(String text, String at, int most) {
    if (most < 0) {
      return split(text, at, most);
    }
    List<Object> parts = new ArrayList<>();
    Search search = Search.backward(at);
    int end = text.length();
    for (int i = search.in(text, end); i >= 0 && parts.size() < most; ) {
      parts.add(text.substring(i + at.length(), end));
      Limits.items(parts.size());
      end = i;
      i = search.in(text, end);
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The first character large, the others small. */
  public static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    String begins = lower(Character.toString(first));
    // Lowered whole: what a letter becomes depends on those around it.
    return titled(first) + lower(text).substring(begins.length());
  }

  private static String titled(int c) {
    int title = Character.toTitleCase(c);
    if (title != c) {
      return Character.toString(title);
    }
    String upper = upper(Character.toString(c));
    // What becomes several letters, as the sharp s: the first of them large.
    int first = upper.codePointAt(0);
    return Character.isUpperCase(first)
        ? Character.toString(first) + lower(upper.substring(Character.charCount(first)))
        : upper;
  }

  /** Every run of letters begins large. */
  static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean within = false;
    for (int c : text.codePoints().toArray()) {
      boolean cased =
          Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
      out.append(cased ? within ? lower(Character.toString(c)) : titled(c) : Character.toString(c));
      within = cased;
    }
    return out.toString();
  }

  static String swapped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String each = Character.toString(c);
              out.append(
                  Character.isUpperCase(c)
                      ? lower(each)
                      : Character.isLowerCase(c) ? upper(each) : each);
            });
    return out.toString();
  }

  public static String repeated(String text, int count) {
    Limits.text((long) text.length() * Math.max(0, count));
    return text.repeat(Math.max(0, count));
  }

  /** Python's {@code replace}: {@code most} times at the most, below 0 for all. */
  public static String replaced(String text, String old, String with, int most) {
    StringBuilder out = new StringBuilder();
    int start = 0;
    int done = 0;
    if (old.isEmpty()) {
      for (; start <= text.length() && (most < 0 || done < most); done++) {
        out.append(with);
        Limits.text(out.length());
        int next = start < text.length() ? text.offsetByCodePoints(start, 1) : start + 1;
        out.append(text, Math.min(start, text.length()), Math.min(next, text.length()));
        start = next;
      }
      return out.append(text, Math.min(start, text.length()), text.length()).toString();
    }
    Search search = Search.forward(old);
    for (int i = search.in(text, 0); i >= 0 && (most < 0 || done < most); done++) {
      out.append(text, start, i).append(with);
      Limits.text(out.length());
      start = i + old.length();
      i = search.in(text, start);
    }
    return out.append(text, start, text.length()).toString();
  }
}

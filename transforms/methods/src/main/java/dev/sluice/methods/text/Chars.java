package dev.sluice.methods.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks at characters without copying a text. Readers of what a model wrote use it in place of
 * regular expressions whose parts overlap, so that their work grows with the length of the text.
 */
public final class Chars {
  private Chars() {}

  /** A blank in the sense of {@code \s}. */
  public static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** A digit in the sense of {@code \d}. */
  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether all of a text from a place on are blanks. */
  public static boolean blankFrom(CharSequence text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The first place from {@code at} on that holds no blank. */
  public static int skipBlanks(CharSequence text, int at) {
    int i = at;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The first place from {@code at} on that holds none of some characters. */
  public static int skip(CharSequence text, int at, String characters) {
    int i = at;
    while (i < text.length() && characters.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  /** The place after the last character before {@code end} that is no blank. */
  public static int skipBlanksBack(CharSequence text, int end) {
    int i = end;
    while (i > 0 && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** The place after the last character before {@code end} that is none of some. */
  public static int skipBack(CharSequence text, int end, String characters) {
    int i = end;
    while (i > 0 && characters.indexOf(text.charAt(i - 1)) >= 0) {
      i--;
    }
    return i;
  }

  /** Whether a text holds a mark at a place. */
  public static boolean startsWith(CharSequence text, String mark, int at) {
    if (at < 0 || at + mark.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < mark.length(); i++) {
      if (text.charAt(at + i) != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a text holds a word at a place, in capital or small letters.
   *
   * @param word in small letters of ASCII
   */
  public static boolean startsWithWord(CharSequence text, String word, int at) {
    if (at < 0 || at + word.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = text.charAt(at + i);
      char small = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      if (small != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The first place of a short mark from {@code from} on; -1 if there is none. */
  public static int indexOf(CharSequence text, String mark, int from) {
    for (int i = from; i + mark.length() <= text.length(); i++) {
      if (startsWith(text, mark, i)) {
        return i;
      }
    }
    return -1;
  }

  /** The last place of a short mark; -1 if there is none. */
  public static int lastIndexOf(CharSequence text, String mark) {
    return lastIndexOf(text, mark, text.length());
  }

  /** The last place of a short mark that ends at {@code end} or before it; -1 if there is none. */
  public static int lastIndexOf(CharSequence text, String mark, int end) {
    for (int i = end - mark.length(); i >= 0; i--) {
      if (startsWith(text, mark, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a text holds a short mark. */
  public static boolean contains(CharSequence text, String mark) {
    return indexOf(text, mark, 0) >= 0;
  }

  /** The lines of a text, without their ends, as {@link String#lines} gives them. */
  public static List<CharSequence> lines(CharSequence text) {
    List<CharSequence> lines = new ArrayList<>();
    int begin = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        lines.add(text.subSequence(begin, i));
        i += c == '\r' && startsWith(text, "\n", i + 1) ? 1 : 0;
        begin = i + 1;
      }
      i++;
    }
    if (begin < text.length()) {
      lines.add(text.subSequence(begin, text.length()));
    }
    return lines;
  }

  /** Whether a word ends before a place, in the sense of {@code \b}. */
  public static boolean wordBefore(CharSequence text, int at) {
    int i = at;
    // The marks of a letter belong to it.
    while (i > 0 && Character.getType(text.charAt(i - 1)) == Character.NON_SPACING_MARK) {
      i--;
    }
    return i > 0
        && (isWord(Character.codePointBefore(text, i)) && (i == at || text.charAt(i - 1) != '_'));
  }

  /** Whether a word begins or goes on at a place. */
  public static boolean wordAt(CharSequence text, int at) {
    if (at >= text.length()) {
      return false;
    }
    int c = Character.codePointAt(text, at);
    return isWord(c)
        || (Character.getType(c) == Character.NON_SPACING_MARK && wordBefore(text, at + 1));
  }

  private static boolean isWord(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}

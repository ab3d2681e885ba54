package dev.sluice.methods.answers;

import dev.sluice.methods.text.Chars;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * The places of a reply that announce an answer, in one pass:
 *
 * <ul>
 *   <li>lines that begin, after signs, with {@code Answer:}, {@code The final answer:} or {@code
 *       Answer =};
 *   <li>lines that begin with {@code A:};
 *   <li>{@code final answer} anywhere, and {@code answer is}, {@code answer equals}, {@code answer
 *       =}.
 * </ul>
 */
final class Announcements {
  /** From the end: more of them in one reply are a loop. */
  private static final int MAX_ANNOUNCEMENTS = 50;

  /** Longest line that is read of what was announced. */
  private static final int MAX_LINE = 600;

  private static final String BLANKS = " \t";
  private static final String AROUND_WORD = " \t*_`";
  private static final String WORD = "answer";

  private final CharSequence text;

  /** Begins of what was announced, the last one first. */
  private final Deque<Integer> contents = new ArrayDeque<>();

  /** Where the last one begins: an announcement within it begins there or later. */
  private int from;

  /** Where the line begins that is looked at. */
  private int line;

  /** Where the signs end that this line begins with. */
  private int marks;

  /** Where its blanks and emphasis end. */
  private int emphasis;

  private Announcements(CharSequence text) {
    this.text = text;
  }

  /** What the last announcement says that passes; empty text if none does. */
  static String last(CharSequence text, Predicate<String> passes) {
    Announcements all = new Announcements(text);
    all.find();
    for (int content : all.contents) {
      String found = AnswerTidier.tidy(text.subSequence(content, all.end(content)));
      if (passes.test(found)) {
        return found;
      }
    }
    return "";
  }

  private void find() {
    startLine(0);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == 'a' || c == 'A') {
        i = Math.max(i + 1, announced(i));
      } else {
        i++;
        if (isLineEnd(c)) {
          startLine(i);
        }
      }
    }
  }

  private void startLine(int at) {
    line = at;
    emphasis = Chars.skip(text, at, " \t*_");
    marks = at;
    while (marks < text.length() && isMark(Character.codePointAt(text, marks))) {
      marks += Character.charCount(Character.codePointAt(text, marks));
    }
  }

  /** Where what is announced at a place begins; -1 if nothing is. */
  private int announced(int at) {
    int end;
    if (Chars.startsWithWord(text, WORD, at)) {
      int behind = Chars.skip(text, at + WORD.length(), AROUND_WORD);
      end = beginsLine(at) ? afterSign(behind) : -1;
      end = end < 0 && isFinal(at) ? afterWordOrSign(behind) : end;
      end = end < 0 && !Chars.wordBefore(text, at) ? afterVerb(behind) : end;
    } else {
      boolean alone = line >= from && emphasis == at;
      end = alone && Chars.startsWith(text, ":", at + 1) ? at + 2 : -1;
    }
    if (end < 0) {
      return -1;
    }
    from = Chars.skip(text, end, BLANKS);
    contents.push(from);
    if (contents.size() > MAX_ANNOUNCEMENTS) {
      int unused = contents.removeLast();
    }
    return from;
  }

  /** Whether nothing but signs, "the" and "final" are before a word in its line. */
  private boolean beginsLine(int at) {
    if (line < from || marks > at) {
      return false;
    }
    int i = afterWord("the", marks);
    i = afterWord("final", i);
    return i == at;
  }

  /** Where a word and the blanks behind it end; the same place if it is not there. */
  private int afterWord(String word, int at) {
    if (!Chars.startsWithWord(text, word, at)) {
      return at;
    }
    int end = Chars.skip(text, at + word.length(), BLANKS);
    return end > at + word.length() ? end : at;
  }

  private boolean isFinal(int at) {
    int end = Chars.skipBack(text, at, BLANKS);
    int begin = end - "final".length();
    return end < at
        && begin >= from
        && Chars.startsWithWord(text, "final", begin)
        && !Chars.wordBefore(text, begin);
  }

  /** After a colon or an equals sign; -1 if there is none. */
  private int afterSign(int at) {
    return Chars.startsWith(text, ":", at) || Chars.startsWith(text, "=", at) ? at + 1 : -1;
  }

  private int afterWordOrSign(int at) {
    int sign = afterSign(at);
    return Chars.startsWithWord(text, "is", at) ? at + 2 : sign < 0 ? at : sign;
  }

  /** After "is", "equals" or an equals sign and a colon; -1 if there is none. */
  private int afterVerb(int at) {
    int end =
        Chars.startsWithWord(text, "is", at)
            ? at + "is".length()
            : Chars.startsWithWord(text, "equals", at)
                ? at + "equals".length()
                : Chars.startsWith(text, "=", at) ? at + 1 : -1;
    int colon = end < 0 ? -1 : Chars.skip(text, end, BLANKS);
    return colon >= 0 && Chars.startsWith(text, ":", colon) ? colon + 1 : end;
  }

  /** The end of what is announced: that of the line, or of the displayed formula below it. */
  private int end(int content) {
    int end = lineEnd(content);
    if (!Chars.startsWith(text, "\n", end)) {
      return end;
    }
    int formula = Chars.skip(text, end + 1, BLANKS);
    if (!(Chars.startsWith(text, "$$", formula) || Chars.startsWith(text, "\\[", formula))) {
      return end;
    }
    end = lineEnd(formula + 2);
    for (int more = 0; more < 2 && Chars.startsWith(text, "\n", end); more++) {
      int next = lineEnd(end + 1);
      if (next == end + 1) {
        break;
      }
      end = next;
    }
    return end;
  }

  private int lineEnd(int at) {
    int i = at;
    while (i < text.length() && i < at + MAX_LINE && text.charAt(i) != '\n') {
      i++;
    }
    return i;
  }

  private static boolean isMark(int c) {
    return (c < 128 && Chars.isBlank((char) c) && !isLineEnd((char) c))
        || ">*_#".indexOf(c) >= 0
        || Character.getType(c) == Character.OTHER_SYMBOL
        || Character.getType(c) == Character.MODIFIER_SYMBOL
        || c == '\ufe0f';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }
}

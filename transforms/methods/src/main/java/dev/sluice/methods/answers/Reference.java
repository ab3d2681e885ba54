package dev.sluice.methods.answers;

import dev.sluice.methods.text.Chars;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reference answer of a file. It is a value, not a reply: only explicit marks are removed. */
public final class Reference {
  private static final String HASHES = "####";
  private static final Pattern ANNOUNCED =
      Pattern.compile("(?is)\\s*+(?:(?:final\\s++)?answer\\s*+[:=]|A:)(.+)");

  /** A blank before the mark is looked for apart: there may be many. */
  private static final Pattern MARK =
      Pattern.compile("(?i)(?<=\\s)(?:(?:final\\s++)?(?<answer>answer)\\s*+:|A:)");

  private Reference() {}

  /** The answer: what follows {@code ####} or {@code Answer:}, or what the last box holds. */
  public static String read(CharSequence reference) {
    int hashes = Chars.lastIndexOf(reference, HASHES);
    if (hashes >= 0 && !Chars.blankFrom(reference, hashes + HASHES.length())) {
      return stripped(reference, hashes + HASHES.length());
    }
    String boxed = BoxedText.last(reference, "");
    if (!boxed.isEmpty()) {
      return boxed;
    }
    Matcher announced = ANNOUNCED.matcher(reference);
    if (announced.matches()) {
      return stripped(reference, announced.start(1));
    }
    return onLastLine(reference).orElseGet(() -> stripped(reference, 0));
  }

  /** What follows the last mark at the beginning of a line, if it is one line and the end. */
  private static Optional<String> onLastLine(CharSequence text) {
    int end = Chars.skipBlanksBack(text, text.length());
    int line = end;
    while (line > 0 && text.charAt(line - 1) != '\n') {
      line--;
    }
    Optional<String> last = Optional.empty();
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      int value = Chars.skipBlanks(text, mark.end());
      boolean said = value < end ? value >= line : holdsMore(text, mark.end());
      if (said && (beginsLine(text, mark.start()) || beginsLine(text, mark.start("answer")))) {
        last = Optional.of(stripped(text, mark.end()));
      }
    }
    return last;
  }

  /** Whether anything but ends of lines comes after a place. */
  private static boolean holdsMore(CharSequence text, int from) {
    return Chars.skip(text, from, "\n") < text.length();
  }

  private static boolean beginsLine(CharSequence text, int at) {
    for (int i = at - 1; i >= 0 && Chars.isBlank(text.charAt(i)); i--) {
      if (text.charAt(i) == '\n') {
        return true;
      }
    }
    return false;
  }

  private static String stripped(CharSequence text, int from) {
    return text.subSequence(from, text.length()).toString().strip();
  }
}

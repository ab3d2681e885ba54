package dev.sluice.runners.fuzz.targets;

import dev.sluice.records.Printable;
import dev.sluice.runners.fuzz.inputs.WideText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message for a person must be. */
public final class Sentence {
  /** Longer than any; a reader that quotes quotes a piece. */
  private static final int MAX_LENGTH = 4000;

  private static final Pattern CLASS =
      Pattern.compile(
          "\\b(?:java|javax|jdk|sun|com|org|dev|ai|io)\\.[a-z]\\w*(?:\\.[a-z]\\w*)*\\.[A-Z]\\w+"
              + "|\\b[A-Z]\\w*(?:Exception|Error)\\b|`[A-Z]\\w+\\.[a-z]\\w*\\(|(?:\\[[A-Z]|\\$\\w+)@[0-9a-f]{6,8}\\b");

  /** The input that is read: a message may quote what looks like a class there. */
  private static final ThreadLocal<byte[]> INPUT = ThreadLocal.withInitial(() -> new byte[0]);

  private Sentence() {}

  public static void reading(byte[] input) {
    INPUT.set(input);
  }

  /**
   * Checks a message.
   *
   * @throws Broken naming what is wrong with it
   */
  public static void check(@Nullable String message) {
    String wrong = fault(message);
    Broken.unless(wrong == null, "The message %s: %s", String.valueOf(wrong), shown(message));
  }

  /** Checks a part of a sentence that quotes an input, which is shown in lines of its own. */
  public static void quoted(String part) {
    check(Printable.line(part));
  }

  /** What is wrong with a message; null if nothing is. */
  public static @Nullable String fault(@Nullable String message) {
    if (message == null || message.isBlank() || message.strip().equals("null")) {
      return "says nothing";
    }
    if (message.chars().anyMatch(c -> c == '\n' || Printable.acts(c))) {
      return "holds a character that a terminal acts on";
    }
    if (message.length() > MAX_LENGTH) {
      return "has %d characters".formatted(message.length());
    }
    Matcher found = CLASS.matcher(message);
    while (found.find()) {
      if (!WideText.text(INPUT.get()).contains(found.group())) {
        return "names a Java class";
      }
    }
    return null;
  }

  private static String shown(@Nullable String message) {
    String text = String.valueOf(message);
    return text.length() > 1000 ? text.substring(0, 1000) + "..." : text;
  }
}

package dev.sluice.methods.answers;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a formula that moves on as tokens are taken. */
final class Cursor {
  private static final int MAX_STEPS = 4000;

  private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z]+)");

  private final String text;
  private int at;
  private int steps;

  Cursor(String text) {
    this.text = text;
  }

  /** The character behind blanks; {@code '\0'} at the end. */
  char next() {
    if (++steps > MAX_STEPS) {
      throw new UndecidedException("a formula that is too long");
    }
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }

  /** Takes a token if it comes next; a command only if no letter follows it. */
  boolean take(String token) {
    boolean comes = next() == token.charAt(0) && text.startsWith(token, at);
    int end = at + token.length();
    if (!comes
        || (token.charAt(0) == '\\'
            && end < text.length()
            && Character.isLetter(text.charAt(end)))) {
      return false;
    }
    at = end;
    return true;
  }

  void need(String token) {
    if (!take(token)) {
      throw unexpected();
    }
  }

  /** Takes what a pattern matches here, blanks not skipped; null if it does not. */
  @Nullable MatchResult take(Pattern pattern) {
    MatchResult found = see(pattern);
    if (found != null) {
      at = found.end();
    }
    return found;
  }

  /** What a pattern matches here. */
  @Nullable MatchResult see(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    return matcher.lookingAt() ? matcher.toMatchResult() : null;
  }

  /** The name of the command that comes next; empty if none does. */
  String command() {
    MatchResult found = next() == '\\' ? see(COMMAND) : null;
    return found == null ? "" : found.group(1);
  }

  /** Takes a command by its name. */
  void takeCommand(String name) {
    need("\\" + name);
  }

  /** Takes one character. */
  String takeOne() {
    if (next() == '\0') {
      throw unexpected();
    }
    return text.substring(at, ++at);
  }

  /** Takes one character, a command or what braces hold, as it is written but for blanks. */
  String takeArgument() {
    if (next() != '{') {
      MatchResult command = take(COMMAND);
      return command == null ? takeOne() : command.group();
    }
    int begin = at + 1;
    int level = 0;
    for (; at < text.length(); at++) {
      level += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (level == 0) {
        return text.substring(begin, at++).replaceAll("\\s+", "");
      }
    }
    throw unexpected();
  }

  /** Whether a digit comes before the place, blanks not counted. */
  boolean followsDigit() {
    int before = at - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    return before >= 0 && Character.isDigit(text.charAt(before));
  }

  void needEnd() {
    if (next() != '\0') {
      throw unexpected();
    }
  }

  UndecidedException unexpected() {
    return new UndecidedException(
        at < text.length()
            ? "'" + text.charAt(at) + "' is not expected"
            : "the formula ends early");
  }
}

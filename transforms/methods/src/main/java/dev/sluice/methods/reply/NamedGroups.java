package dev.sluice.methods.reply;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.methods.text.Memo;
import java.util.Set;

/**
 * A regular expression of a user with named groups, on RE2/J: its work grows with the length of the
 * text, whatever the expression. Look-around and back references are not in its language.
 */
final class NamedGroups {
  private static final int MAX_LENGTH = 2000;

  /** Counted repetitions multiply the size of the automaton. */
  private static final long MAX_REPEATS = 1000;

  private static final Memo<String, NamedGroups> KEPT = new Memo<>(64);

  private final Pattern pattern;

  private NamedGroups(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * An expression as a file writes it; groups are {@code (?<name>…)}.
   *
   * @throws IllegalArgumentException naming what is wrong with it
   */
  static NamedGroups of(String expression) {
    return KEPT.get(expression, NamedGroups::compile);
  }

  /** RE2/J loses the names of groups whose pattern it simplifies at the top. */
  private static final String KEEPS_TOP = "(?:)(?:";

  private static NamedGroups compile(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the pattern has %d characters; at most %d are read"
              .formatted(expression.length(), MAX_LENGTH));
    }
    if (repeats(expression) > MAX_REPEATS) {
      throw new IllegalArgumentException(
          "the counted repetitions of the pattern come to more than %d together; write '*' or '+'"
              .formatted(MAX_REPEATS));
    }
    try {
      return new NamedGroups(
          Pattern.compile(KEEPS_TOP + named(expression) + ")", Pattern.MULTILINE));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the pattern cannot be read: %s at '%s' (the syntax is RE2's, without look-around and back references)"
              .formatted(e.getDescription(), e.getPattern()),
          e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException(
          "the pattern cannot be read: it is too deep or too large; write a simpler one", e);
    }
  }

  Pattern pattern() {
    return pattern;
  }

  /** The names of its groups. */
  Set<String> names() {
    return pattern.namedGroups().keySet();
  }

  /** The product of all counted repetitions. */
  private static long repeats(String expression) {
    long product = 1;
    int open = expression.indexOf('{');
    while (open >= 0) {
      long largest = 0;
      long number = 0;
      int i = open + 1;
      while (i < expression.length() && "0123456789,".indexOf(expression.charAt(i)) >= 0) {
        char c = expression.charAt(i);
        number = c == ',' ? 0 : Math.min(MAX_REPEATS + 1, number * 10 + (c - '0'));
        largest = Math.max(largest, number);
        i++;
      }
      if (i < expression.length() && expression.charAt(i) == '}') {
        product = Math.min(MAX_REPEATS + 1, product * Math.max(1, largest));
      }
      open = expression.indexOf('{', open + 1);
    }
    return product;
  }

  /** Groups in the form that RE2/J reads: {@code (?P<name>…)}. */
  private static String named(String expression) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      text.append(c);
      if (c == '\\' && i + 1 < expression.length()) {
        i++;
        text.append(expression.charAt(i));
      } else if (c == '('
          && expression.startsWith("?<", i + 1)
          && i + 3 < expression.length()
          && "=!".indexOf(expression.charAt(i + 3)) < 0) {
        text.append("?P");
        i++;
      }
    }
    return text.toString();
  }
}

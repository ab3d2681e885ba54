package dev.sluice.models.djl.tokens;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How many ways a regular expression can match, read from its form. A part that repeats and can
 * itself match in several ways has exponentially many; without such parts the number is bounded by
 * a power of the text's length.
 */
final class PatternShape {
  /** Repetitions that count as choices and not as unbounded. */
  private static final int FEW = 64;

  private static final String UNKNOWN = "it uses what is not read here: ";

  private final String expression;
  private final Deque<Part> open = new ArrayDeque<>();
  private int at;

  /** A group, or the whole, as far as it was read. */
  private static final class Part {
    /** Of the branch that is read. */
    private int powers;

    private double choices = 1;

    /** Of the worst branch before it. */
    private int worstPowers;

    private double worstChoices = 1;
    private boolean branches;

    private void endBranch() {
      if (powers > worstPowers || (powers == worstPowers && choices > worstChoices)) {
        worstPowers = powers;
        worstChoices = choices;
      }
      powers = 0;
      choices = 1;
    }
  }

  /**
   * The bound.
   *
   * @param powers how often the length of the text is a factor
   * @param choices the rest of the product
   */
  record Ways(int powers, double choices) {
    /** The longest text for which a match has at most so many ways. */
    int longest(double most) {
      double length = Math.pow(most / choices, 1.0 / Math.max(1, powers));
      return (int) Math.min(Integer.MAX_VALUE, length);
    }
  }

  /** Why an expression is refused. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private RefusedException(String why) {
      super(why);
    }
  }

  private PatternShape(String expression) {
    this.expression = expression;
  }

  /**
   * Reads an expression in the syntax of Oniguruma.
   *
   * @throws RefusedException if it has a part with exponentially many ways, or one that is not read
   */
  static Ways of(String expression) throws RefusedException {
    return new PatternShape(expression).read();
  }

  private Ways read() throws RefusedException {
    Part whole = new Part();
    open.push(whole);
    while (at < expression.length()) {
      char c = expression.charAt(at++);
      switch (c) {
        case '|' -> {
          top().endBranch();
          top().branches = true;
        }
        case '(' -> begin();
        case ')' -> end();
        case '[' -> {
          skipSet();
          quantified(null);
        }
        case '\\' -> {
          skipEscape();
          quantified(null);
        }
        default -> quantified(null);
      }
    }
    if (open.size() != 1) {
      throw new RefusedException("its parentheses do not match");
    }
    whole.endBranch();
    return new Ways(whole.worstPowers, whole.worstChoices);
  }

  private Part top() {
    return open.element();
  }

  private void begin() throws RefusedException {
    if (at < expression.length() && expression.charAt(at) == '?') {
      String rest = expression.substring(at + 1, Math.min(expression.length(), at + 8));
      if (rest.matches("[imxsa-]{1,6}\\).*")) {
        // Flags for what follows: no group of its own.
        at = expression.indexOf(')', at) + 1;
        return;
      }
      if (!rest.matches("(?s)(:|=|!|>|<=|<!|[imxsa-]{1,6}:).*")) {
        throw new RefusedException(UNKNOWN + "(?" + rest);
      }
      at += 2;
      while (at < expression.length() && ":=!>".indexOf(expression.charAt(at - 1)) < 0) {
        at++;
      }
    }
    open.push(new Part());
  }

  private void end() throws RefusedException {
    Part group = open.pop();
    if (open.isEmpty()) {
      throw new RefusedException("its parentheses do not match");
    }
    group.endBranch();
    quantified(group);
  }

  /** Reads the quantifiers behind an atom, and counts its ways. */
  private void quantified(@Nullable Part group) throws RefusedException {
    boolean several = group != null && (group.branches || ways(group) > 1);
    int count = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      boolean counted = c == '{' && interval().length() > 0;
      if (c != '?' && c != '*' && c != '+' && !counted) {
        break;
      }
      String interval = counted ? interval() : "";
      at += Math.max(1, interval.length());
      // A second one is lazy or possessive, or repeats a repetition.
      if (count++ > 0) {
        if (c == '*' || counted || count > 2) {
          throw new RefusedException("it repeats a repetition");
        }
        continue;
      }
      double[] times = times(c, interval);
      if (several && times[1] > 1) {
        throw new RefusedException(
            "it repeats a part that can itself match in several ways, which takes for ever on some texts");
      }
      if (times[1] - times[0] > FEW) {
        top().powers++;
      } else {
        top().choices *= times[1] - times[0] + 1;
      }
    }
    if (group != null) {
      top().powers += group.worstPowers;
      top().choices *= group.worstChoices * (group.branches ? 2 : 1);
    }
  }

  private static double ways(Part group) {
    return group.worstPowers > 0 ? Double.MAX_VALUE : group.worstChoices;
  }

  /** The interval at this place, with its braces; empty if it is none. */
  private String interval() {
    int close = expression.indexOf('}', at);
    String text = close < 0 ? "" : expression.substring(at, close + 1);
    return text.matches("\\{(\\d{1,6}(,\\d{0,6})?|,\\d{1,6})\\}") ? text : "";
  }

  private static double[] times(char c, String interval) {
    if (interval.isEmpty()) {
      return new double[] {c == '+' ? 1 : 0, c == '?' ? 1 : Double.MAX_VALUE};
    }
    String[] ends = interval.substring(1, interval.length() - 1).split(",", -1);
    double least = ends[0].isEmpty() ? 0 : Double.parseDouble(ends[0]);
    double most =
        ends.length == 1
            ? least
            : ends[1].isEmpty() ? Double.MAX_VALUE : Double.parseDouble(ends[1]);
    return new double[] {least, most};
  }

  private void skipEscape() throws RefusedException {
    if (at >= expression.length()) {
      throw new RefusedException("it ends with a backslash");
    }
    char c = expression.charAt(at++);
    if ((c >= '1' && c <= '9') || c == 'g' || c == 'k' || c == 'R' || c == 'X' || c == 'K') {
      throw new RefusedException(UNKNOWN + "\\" + c);
    }
    boolean braces = at < expression.length() && expression.charAt(at) == '{';
    if (braces && (c == 'p' || c == 'P' || c == 'x' || c == 'u')) {
      int close = expression.indexOf('}', at);
      if (close < 0) {
        throw new RefusedException("a brace is not closed");
      }
      at = close + 1;
    } else if (c == 'u' || c == 'x') {
      int most = Math.min(expression.length(), at + (c == 'u' ? 4 : 2));
      while (at < most && Character.digit(expression.charAt(at), 16) >= 0) {
        at++;
      }
    }
  }

  /** Skips a set, sets within it included. */
  private void skipSet() throws RefusedException {
    int depth = 1;
    // A bracket that comes first is one of the letters.
    if (at < expression.length() && expression.charAt(at) == '^') {
      at++;
    }
    if (at < expression.length() && expression.charAt(at) == ']') {
      at++;
    }
    while (depth > 0) {
      if (at >= expression.length()) {
        throw new RefusedException("a bracket is not closed");
      }
      char c = expression.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      }
    }
  }
}

package dev.sluice.methods.arithmetic.reference;

import dev.sluice.methods.text.Chars;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds equations in text and computes their left sides. */
final class Expressions {
  /**
   * An equation as a text states it.
   *
   * @param computed what the left side comes to
   * @param stated the number on the right side
   * @param decimals places after the point of the stated number
   */
  record Equation(double computed, double stated, int decimals) {}

  private static final Pattern ANNOTATION = Pattern.compile("<<([^<>=]*)=([^<>=]*)>>");
  private static final String NUMBER = "(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)";

  private static final Pattern STATED = Pattern.compile("-?" + NUMBER);

  /** Bounds the depth of parentheses, whatever a model may have written. */
  private static final int MAX_LENGTH = 300;

  private Expressions() {}

  /** The equations within {@code << >>}; those that cannot be computed are left out. */
  static List<Equation> annotations(CharSequence line) {
    List<Equation> found = new ArrayList<>();
    Matcher matcher = ANNOTATION.matcher(line);
    while (matcher.find()) {
      add(
          found,
          line.subSequence(matcher.start(1), matcher.end(1)).toString(),
          matcher.group(2).replaceAll("[\\s$]", ""));
    }
    return found;
  }

  /** Whether a line has annotations, whatever they hold. */
  static boolean annotated(CharSequence line) {
    return ANNOTATION.matcher(line).find();
  }

  /**
   * The equations of plain text: the longest expression that stands right before an equals sign.
   * Where it may be part of something longer, such as a mixed number, it is left out.
   */
  static List<Equation> equations(CharSequence line) {
    List<Equation> found = new ArrayList<>();
    for (int sign = Chars.indexOf(line, "=", 0);
        sign >= 0;
        sign = Chars.indexOf(line, "=", sign + 1)) {
      String right = Sides.right(line, sign);
      String left = right.isEmpty() ? "" : Sides.left(line, sign);
      if (!left.isEmpty()) {
        add(found, left, right);
      }
    }
    return found;
  }

  private static void add(List<Equation> found, String left, String right) {
    OptionalDouble value = compute(left);
    if (value.isPresent() && STATED.matcher(right).matches()) {
      String plain = right.replace(",", "");
      int point = plain.indexOf('.');
      // 13.0 is how a program prints 13: zeros after the point are no rounding.
      int decimals = point < 0 ? 0 : Chars.skipBack(plain, plain.length(), "0") - point - 1;
      found.add(new Equation(value.getAsDouble(), Double.parseDouble(plain), decimals));
    }
  }

  /** The value of an expression; empty if it is none, or divides by zero. */
  static OptionalDouble compute(String text) {
    String bare =
        text.replaceAll("[\\s$,]", "").replace('x', '*').replace('×', '*').replace('÷', '/');
    if (bare.length() > MAX_LENGTH) {
      return OptionalDouble.empty();
    }
    Parser parser = new Parser(bare);
    double value = parser.sum();
    return parser.complete() && Double.isFinite(value)
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  /** Recursive descent over {@code + - * / ( )}; not-a-number stands for a mistake. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    boolean complete() {
      return at == text.length();
    }

    double sum() {
      double value = product();
      while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        boolean plus = text.charAt(at++) == '+';
        double operand = product();
        value = plus ? value + operand : value - operand;
      }
      return value;
    }

    private double product() {
      double value = factor();
      while (at < text.length() && (text.charAt(at) == '*' || text.charAt(at) == '/')) {
        boolean times = text.charAt(at++) == '*';
        double operand = factor();
        value = times ? value * operand : value / operand;
      }
      return value;
    }

    private double factor() {
      if (at < text.length() && text.charAt(at) == '-') {
        at++;
        return -factor();
      }
      if (at < text.length() && text.charAt(at) == '(') {
        at++;
        double value = sum();
        if (at < text.length() && text.charAt(at) == ')') {
          at++;
          return value;
        }
        return Double.NaN;
      }
      return number();
    }

    private double number() {
      int begin = at;
      int points = 0;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        points += text.charAt(at++) == '.' ? 1 : 0;
      }
      if (at == begin || points > 1 || at - begin == points) {
        return Double.NaN;
      }
      double value = Double.parseDouble(text.substring(begin, at));
      // A percentage, such as 150%: a hundredth.
      if (at < text.length() && text.charAt(at) == '%') {
        at++;
        value /= 100;
      }
      return value;
    }
  }
}

package dev.sluice.stages.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Equations, inequalities and names with values. */
final class Relations {
  private static final List<String> SIGNS =
      List.of("\\le", "\\ge", "\\ne", "\\approx", "\\in", "\\equiv", "<", ">", "=");
  private static final Map<String, String> TURNED = Map.of(">", "<", "\\ge", "\\le");

  private Relations() {}

  /** Sides and the signs between them. */
  private record Chain(List<String> sides, List<String> signs) {}

  private static Chain chain(String text) {
    List<String> sides = new ArrayList<>();
    List<String> signs = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      if (depth > 0) {
        continue;
      }
      for (String sign : SIGNS) {
        int end = i + sign.length();
        if (text.startsWith(sign, i)
            && !(sign.startsWith("\\")
                && end < text.length()
                && Character.isLetter(text.charAt(end)))) {
          sides.add(text.substring(begin, i));
          signs.add(sign);
          begin = end;
          i = end - 1;
          break;
        }
      }
    }
    sides.add(text.substring(begin));
    return new Chain(sides, signs);
  }

  /**
   * The relation that a text states; empty if it states none.
   *
   * @param parse reads a value
   */
  static Optional<AnswerValue> parse(String text, Function<String, AnswerValue> parse) {
    Chain chain = chain(text);
    List<String> sides = chain.sides();
    List<String> signs = chain.signs();
    if (signs.isEmpty()) {
      return Optional.empty();
    }
    if (sides.stream().skip(1).anyMatch(String::isBlank)) {
      throw new UndecidedException("a relation without a side");
    }
    if (signs.stream().allMatch(sign -> sign.equals("=") || sign.equals("\\approx"))) {
      return Optional.of(equation(sides, signs, parse));
    }
    if (signs.equals(List.of("\\in")) && AnswerParser.isName(sides.get(0))) {
      return Optional.of(
          new AnswerValue.Named(name(sides.get(0)), parse.apply(sides.get(1)), null));
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < signs.size(); i++) {
      keys.add(inequality(sides.get(i), signs.get(i), sides.get(i + 1)));
    }
    return Optional.of(
        new AnswerValue.Relation(String.join(" & ", keys.stream().sorted().toList())));
  }

  private static String name(String side) {
    return side.replace("\\mathbreak", "").replace("\\mathrm", "").replaceAll("[\\s{}]", "");
  }

  private static AnswerValue equation(
      List<String> sides, List<String> signs, Function<String, AnswerValue> parse) {
    String first = sides.get(0).replace("\\mathbreak", " ").strip();
    // What is said to be about something else is the something.
    int exact = signs.indexOf("\\approx");
    String last = exact > 0 ? sides.get(exact) : sides.get(sides.size() - 1);
    if (exact == 0) {
      return AnswerParser.isName(first)
          ? new AnswerValue.Named(name(first), parse.apply(sides.get(1)), null)
          : parse.apply(first);
    }
    if (AnswerParser.isName(first)) {
      AnswerValue value = parse.apply(last);
      return new AnswerValue.Named(name(first), value, relation(first, last));
    }
    if (AnswerParser.isName(last) && sides.size() == 2) {
      return new AnswerValue.Named(name(last), parse.apply(first), relation(last, first));
    }
    if (Brackets.whole(first) != null && Brackets.whole(last.strip()) != null) {
      // An interval or a point, written twice.
      return parse.apply(last);
    }
    Expression left = Formula.parse(first);
    Expression right = Formula.parse(last);
    if (Points.names(left).isEmpty() && Points.names(right).isEmpty()) {
      // 12 * 3 = 36: the value that was computed.
      if (!Points.key(left).equals(Points.key(right))) {
        throw new UndecidedException("an equation that is wrong");
      }
      return parse.apply(last);
    }
    if (Points.key(left).equals(Points.key(right))) {
      // What always holds was a computation, of its last side.
      return parse.apply(last);
    }
    return new AnswerValue.Relation(equal(left, right));
  }

  private static String equal(Expression left, Expression right) {
    return "0 = "
        + Points.proportional(
            new Expression.Sum(
                List.of(
                    left,
                    new Expression.Product(
                        List.of(new Expression.Constant(Scalar.of(-1)), right)))),
            false);
  }

  /** A name with its value as an equation; null if that is not decided. */
  private static @org.jspecify.annotations.Nullable String relation(String name, String value) {
    try {
      Expression left = Formula.parse(name);
      Expression right = Formula.parse(value);
      return equal(left, right);
    } catch (UndecidedException | ArithmeticException e) {
      return null;
    }
  }

  private static String inequality(String left, String sign, String right) {
    String turned = TURNED.getOrDefault(sign, sign);
    boolean swap = TURNED.containsKey(sign);
    Expression low = Formula.parse(swap ? right : left);
    Expression high = Formula.parse(swap ? left : right);
    Expression difference =
        new Expression.Sum(
            List.of(
                high,
                new Expression.Product(List.of(new Expression.Constant(Scalar.of(-1)), low))));
    return "0 "
        + turned
        + " "
        + Points.proportional(difference, !turned.equals("\\ne") && !turned.equals("="));
  }
}

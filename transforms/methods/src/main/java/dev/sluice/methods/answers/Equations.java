package dev.sluice.methods.answers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a chain of equal sides says: a name with its value, a computation with its result, or an
 * equation. Sides that contradict each other have no value.
 */
final class Equations {
  private static final Pattern DECIMAL =
      Pattern.compile("([-+]?)\\s*(?:\\\\dollar)?\\s*([-+]?\\d*\\.?\\d+)\\s*(%)?[^\\d+*/^-]*");

  private final Function<String, AnswerValue> parse;

  /**
   * @param parse reads a value
   */
  Equations(Function<String, AnswerValue> parse) {
    this.parse = parse;
  }

  AnswerValue value(Relations.Chain chain) {
    if (chain.signs().equals(List.of("="))
        && isNumber(chain.sides().get(0))
        && !isNumber(chain.sides().get(1))) {
      return value(
          new Relations.Chain(List.of(chain.sides().get(1), chain.sides().get(0)), chain.signs()));
    }
    int about = chain.signs().indexOf("\\approx") + 1;
    if (about == 0 && isRounded(chain.sides())) {
      about = chain.sides().size() - 1;
    }
    List<String> exact = about == 0 ? chain.sides() : chain.sides().subList(0, about);
    List<String> approximate =
        about == 0 ? List.of() : chain.sides().subList(about, chain.sides().size());
    String first = exact.get(0);
    if (exact.size() == 1) {
      // x \approx 2.7: what is given is the value.
      return Relations.isName(first)
          ? new AnswerValue.Named(Relations.name(first), parse.apply(last(approximate)), null)
          : result(first, List.of(first), approximate);
    }
    if (exact.stream().limit(exact.size() - 1).allMatch(Relations::isName)) {
      return names(exact, approximate);
    }
    if (exact.size() == 2 && Relations.isName(exact.get(1)) && approximate.isEmpty()) {
      return named(exact.get(1), List.of(first), approximate);
    }
    return Relations.isName(first)
        ? named(first, exact.subList(1, exact.size()), approximate)
        : unnamed(exact, approximate);
  }

  private static boolean isNumber(String side) {
    return formula(side)
        .filter(number -> number.names().isEmpty() && !number.computes())
        .isPresent();
  }

  /** Whether the last side is a decimal to which the one before it is rounded. */
  private static boolean isRounded(List<String> sides) {
    String last = last(sides);
    if (!DECIMAL.matcher(last).matches() || !last.contains(".")) {
      return false;
    }
    Optional<Expression> exact = formula(sides.get(sides.size() - 2));
    return exact.isPresent()
        && exact.get().names().isEmpty()
        && formula(last)
            .filter(rounded -> !Points.key(rounded).equals(Points.key(exact.get())))
            .isPresent()
        && isNear(exact.get(), last);
  }

  /** x = y = 1: each has the value. */
  private AnswerValue names(List<String> exact, List<String> approximate) {
    List<AnswerValue> all = new ArrayList<>();
    for (String name : exact.subList(0, exact.size() - 1)) {
      all.add(named(name, List.of(last(exact)), approximate));
    }
    return all.size() == 1 ? all.get(0) : AnswerLists.of(all);
  }

  private AnswerValue named(String name, List<String> sides, List<String> approximate) {
    AnswerValue value = result(name, sides, approximate);
    return value instanceof AnswerValue.Named
        ? value
        : new AnswerValue.Named(
            Relations.name(name), value, isSure(value) ? relation(name, last(sides)) : null);
  }

  private AnswerValue unnamed(List<String> exact, List<String> approximate) {
    String first = exact.get(0);
    String last = last(exact);
    Optional<Expression> left = formula(first);
    Optional<Expression> right = formula(last);
    if (left.isEmpty()) {
      return Brackets.whole(first) != null && Brackets.whole(last) != null
          ? twice(first, last)
          : called(first, exact.subList(1, exact.size()), approximate);
    }
    if (right.isPresent() && !Points.key(left.get()).equals(Points.key(right.get()))) {
      if (left.get().names().isEmpty() && right.get().names().isEmpty()) {
        throw new UndecidedException("an equation that is wrong");
      }
      if (exact.size() == 2 && approximate.isEmpty()) {
        return new AnswerValue.Relation(equal(left.get(), right.get()));
      }
    }
    return left.get().computes()
        ? called(first, exact.subList(1, exact.size()), approximate)
        : result(first, exact, approximate);
  }

  private static boolean isSure(AnswerValue value) {
    return !(value instanceof AnswerValue.Approximated approximated) || approximated.sure();
  }

  /** An interval or a point that is written twice. */
  private AnswerValue twice(String first, String last) {
    AnswerValue value = parse.apply(last);
    if (!parse.apply(first).key().equals(value.key())) {
      throw new UndecidedException("two values");
    }
    return value;
  }

  /** What is on the left is no formula here, such as {@code P(X = 5)}: it is a name. */
  private AnswerValue called(String name, List<String> sides, List<String> approximate) {
    AnswerValue value = result(name, sides, approximate);
    return value instanceof AnswerValue.Named
        ? value
        : new AnswerValue.Named(Sentences.squeezed(name), value, null);
  }

  /**
   * The last of sides that are equal. One that cannot be compared with it becomes a part of the
   * name, so that nothing is forgotten.
   */
  private AnswerValue result(String name, List<String> sides, List<String> approximate) {
    Optional<Expression> last = formula(last(sides));
    StringBuilder said = new StringBuilder(Sentences.squeezed(name));
    for (String side : sides.subList(0, sides.size() - 1)) {
      Optional<Expression> formula = formula(side);
      if (last.isEmpty()
          || formula.isEmpty()
          || !formula.get().names().equals(last.get().names())) {
        said.append(" = ").append(Sentences.squeezed(side));
      } else if (!Points.key(formula.get()).equals(Points.key(last.get()))) {
        throw new UndecidedException("sides that contradict each other");
      }
    }
    AnswerValue value = parse.apply(last(sides));
    if (!approximate.isEmpty()) {
      boolean sure =
          last.isPresent()
              && last.get().names().isEmpty()
              && approximate.stream().allMatch(side -> DECIMAL.matcher(side).matches());
      if (sure && !approximate.stream().allMatch(side -> isNear(last.get(), side))) {
        throw new UndecidedException("an approximation that is wrong");
      }
      value = new AnswerValue.Approximated(value, parse.apply(last(approximate)), sure);
    }
    return said.indexOf(" = ") < 0 ? value : new AnswerValue.Named(said.toString(), value, null);
  }

  /** Whether a number is what a formula gives, rounded or cut to its digits. */
  private static boolean isNear(Expression exact, String side) {
    Matcher decimal = DECIMAL.matcher(side);
    if (!decimal.matches()) {
      return false;
    }
    BigDecimal written = new BigDecimal(decimal.group(1).replace("+", "") + decimal.group(2));
    BigDecimal value = Points.values(exact).get(0).complex().re;
    boolean percent = decimal.group(3) != null;
    return isRounded(value, written) || (percent && isRounded(value.movePointRight(2), written));
  }

  private static boolean isRounded(BigDecimal value, BigDecimal written) {
    int digits = Math.max(0, written.scale());
    return value.setScale(digits, RoundingMode.HALF_UP).compareTo(written) == 0
        || value.setScale(digits, RoundingMode.DOWN).compareTo(written) == 0;
  }

  private static Optional<Expression> formula(String side) {
    try {
      Expression formula = Formula.parse(side);
      String unused = Points.key(formula);
      return Optional.of(formula);
    } catch (UndecidedException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static String equal(Expression left, Expression right) {
    return "0 = "
        + Points.proportional(new Expression.Sum(List.of(left, Formula.negated(right))), false);
  }

  /** A name with its value as an equation; null if that is not decided. */
  private static @Nullable String relation(String name, String value) {
    try {
      return equal(Formula.parse(name), Formula.parse(value));
    } catch (UndecidedException | ArithmeticException e) {
      return null;
    }
  }

  private static String last(List<String> sides) {
    return sides.get(sides.size() - 1);
  }
}

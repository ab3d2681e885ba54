package dev.sluice.methods.arithmetic.reference;

import dev.sluice.methods.arithmetic.reference.Expressions.Equation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Recomputes the arithmetic that a line of a solution states: annotations like {@code <<16-3=13>>}
 * where the line has some, else equations in plain text like {@code 16 - 3 = $13}. Numbers are
 * decimal, with {@code + - * /} and parentheses.
 */
public final class Calculator {
  /** What recomputing a line shows. */
  public enum Check {
    /** Every equation of the line holds. */
    HOLDS,
    /** Some equation of the line does not. */
    FAILS,
    /** The line states no equation that can be computed. */
    NOTHING
  }

  private Calculator() {}

  /** Recomputes one line. */
  public static Check check(CharSequence line) {
    List<Equation> equations =
        Expressions.annotated(line) ? Expressions.annotations(line) : Expressions.equations(line);
    if (equations.isEmpty()) {
      return Check.NOTHING;
    }
    return equations.stream().allMatch(Calculator::holds) ? Check.HOLDS : Check.FAILS;
  }

  /** What a line states and what it comes to, for the first equation that fails; empty if none. */
  public static Optional<String> failure(CharSequence line) {
    List<Equation> equations =
        Expressions.annotated(line) ? Expressions.annotations(line) : Expressions.equations(line);
    return equations.stream()
        .filter(equation -> !holds(equation))
        .findFirst()
        .map(
            equation ->
                "states %s, but its arithmetic comes to %s"
                    .formatted(plain(equation.stated()), plain(equation.computed())));
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : "no number";
  }

  /** Recomputes every line by itself. */
  public static List<Check> check(List<String> lines) {
    return lines.stream().map(Calculator::check).toList();
  }

  /**
   * Whether the stated value is what the expression comes to. A stated value with decimals may be
   * rounded or cut at its last place; one without must be the value.
   */
  private static boolean holds(Equation equation) {
    double computed = equation.computed();
    double unit = equation.decimals() == 0 ? 0 : Math.pow(10, -equation.decimals());
    double tolerance = Math.max(1e-9, 1e-9 * Math.abs(computed)) + unit;
    return Math.abs(computed - equation.stated()) < tolerance;
  }
}

package dev.sluice.methods.answers;

import dev.sluice.records.Hashes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Where formulas are compared: fractions drawn from the names of their variables, so that {@code x}
 * has the same value in every formula and {@code y} another. Of both signs, so that {@code |x|} is
 * not {@code x}.
 */
final class Points {
  private static final int COUNT = 3;
  private static final int COUNT_OF_STEPS = 24;
  private static final BigInteger SIZE = BigInteger.valueOf(9973);

  private Points() {}

  /** A point for what rounds: positive, and so close to the next that each step is between two. */
  private static Scalar beside(String name, int point) {
    return Scalar.ratio(BigInteger.valueOf(drawn(name, 0) % 20 + 3 + point), BigInteger.ONE)
        .plus(Scalar.ratio(BigInteger.TWO, BigInteger.valueOf(7)));
  }

  private static long drawn(String name, int point) {
    return Long.parseUnsignedLong(Hashes.hex("answers", name, point).substring(0, 15), 16);
  }

  private static Scalar value(String name, int point) {
    long drawn = drawn(name, point);
    BigInteger top = BigInteger.valueOf(drawn % 12_000 + 3_001);
    boolean negative = point == 1 || (point == 2 && (drawn >> 20) % 2 == 0);
    return Scalar.ratio(negative ? top.negate() : top, SIZE);
  }

  /**
   * Values at the points.
   *
   * @throws UndecidedException if it has none at one of them
   */
  static List<Scalar> values(Expression expression) {
    List<Scalar> values = new ArrayList<>();
    boolean rounds = expression.rounds();
    for (int i = 0; i < (rounds ? COUNT_OF_STEPS : COUNT); i++) {
      int point = i;
      Point at = new Point(name -> rounds ? beside(name, point) : value(name, point));
      try {
        values.add(expression.at(at));
      } catch (ArithmeticException e) {
        throw new UndecidedException(String.valueOf(e.getMessage()));
      }
    }
    return values;
  }

  /** Equal texts for formulas that are equal. */
  static String key(Expression expression) {
    if (expression.names().isEmpty()) {
      return values(expression).get(0).key();
    }
    List<String> keys = values(expression).stream().map(Scalar::key).toList();
    return keys.stream().distinct().count() == 1
        ? keys.get(0)
        : "f(" + String.join("; ", keys) + ")";
  }

  /**
   * Equal texts for formulas that are equal up to a factor that is not zero.
   *
   * @param positive whether the factor must be positive
   */
  static String proportional(Expression expression, boolean positive) {
    List<Scalar> values = values(expression);
    Scalar first = Scalar.zero();
    for (Scalar value : values) {
      if (first.isZero()) {
        first = positive ? value.magnitude() : value;
      }
    }
    if (first.isZero()) {
      throw new UndecidedException("a relation that always holds");
    }
    Scalar scale = first;
    return String.join("; ", values.stream().map(value -> value.over(scale).key()).toList());
  }
}

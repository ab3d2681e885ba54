package dev.sluice.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Python's numbers: whole ones without bound (here: with one), binary64, and booleans as 0 and 1.
 */
public final class Numbers {
  /** Python itself refuses to write whole numbers of more than 4,300 digits. */
  static final int MAX_BITS = 14_000;

  private Numbers() {}

  public static boolean isNumber(Object value) {
    return value instanceof BigInteger || value instanceof Double || value instanceof Boolean;
  }

  /** Whole numbers and booleans. */
  public static boolean isInteger(Object value) {
    return value instanceof BigInteger || value instanceof Boolean;
  }

  public static BigInteger integer(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? BigInteger.ONE : BigInteger.ZERO;
    }
    return (BigInteger) value;
  }

  public static Object of(long value) {
    return BigInteger.valueOf(value);
  }

  /** As an int; what does not fit becomes the nearest that does. */
  static int clamped(Object value) {
    BigInteger exact = integer(value);
    if (exact.bitLength() < 32) {
      return exact.intValue();
    }
    return exact.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
  }

  public static double approximately(Object value) {
    return value instanceof Double number ? number : integer(value).doubleValue();
  }

  public static boolean equal(Object left, Object right) {
    if ((left instanceof Double a && a.isNaN()) || (right instanceof Double b && b.isNaN())) {
      return false;
    }
    return compare(left, right) == 0;
  }

  static int compare(Object left, Object right) {
    if (isInteger(left) && isInteger(right)) {
      return integer(left).compareTo(integer(right));
    }
    double a = approximately(left);
    double b = approximately(right);
    if (isInteger(left) && !Double.isInfinite(b) && !Double.isNaN(b)) {
      return Comparison.exactly(integer(left), b);
    }
    if (isInteger(right) && !Double.isInfinite(a) && !Double.isNaN(a)) {
      return -Comparison.exactly(integer(right), a);
    }
    return a == b ? 0 : Double.compare(a, b);
  }

  static BigInteger bounded(BigInteger value) {
    if (value.bitLength() > MAX_BITS) {
      throw new TemplateException(
          "a number has more than the 4,300 digits that a template may have");
    }
    return value;
  }

  /** As Python writes it: the fewest digits that say the same. */
  static String written(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    shortest = shortest.stripTrailingZeros();
    String figures = shortest.unscaledValue().abs().toString();
    int exponent = figures.length() - shortest.scale() - 1;
    return (value < 0 ? "-" : "") + laidOut(figures, exponent);
  }

  private static String laidOut(String figures, int exponent) {
    if (exponent < -4 || exponent >= 16) {
      String tail = figures.length() > 1 ? "." + figures.substring(1) : "";
      return "%s%se%s%02d"
          .formatted(figures.charAt(0), tail, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + figures;
    }
    if (figures.length() <= exponent + 1) {
      return figures + "0".repeat(exponent + 1 - figures.length()) + ".0";
    }
    return figures.substring(0, exponent + 1) + "." + figures.substring(exponent + 1);
  }
}

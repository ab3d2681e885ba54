package dev.sluice.jinja.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's operators. */
public final class Arithmetic {
  private Arithmetic() {}

  public static Object binary(String sign, Object left, Object right) {
    if (left instanceof Undefined missing) {
      throw missing.used();
    }
    if (right instanceof Undefined missing && !(sign.equals("%") && left instanceof String)) {
      throw missing.used();
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.isInteger(left) && Numbers.isInteger(right)
          ? whole(sign, Numbers.integer(left), Numbers.integer(right))
          : real(sign, Numbers.approximately(left), Numbers.approximately(right));
    }
    if (sign.equals("+")) {
      return sum(left, right);
    }
    if (sign.equals("*") && Numbers.isInteger(right)) {
      return repeated(left, Numbers.clamped(right));
    }
    if (sign.equals("*") && Numbers.isInteger(left)) {
      return repeated(right, Numbers.clamped(left));
    }
    if (sign.equals("%") && left instanceof String text) {
      return Percent.formatted(text, right);
    }
    throw unfit(sign, left, right);
  }

  private static TemplateException unfit(String sign, Object left, Object right) {
    return new TemplateException(
        "'%s' does not work between %s and %s"
            .formatted(sign, Values.described(left), Values.described(right)));
  }

  private static Object sum(Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      Limits.text((long) a.length() + b.length());
      return a + b;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return joined(a, b);
    }
    if (left instanceof Tuple a && right instanceof Tuple b) {
      return new Tuple(joined(a.items(), b.items()));
    }
    throw unfit("+", left, right);
  }

  private static List<Object> joined(List<?> left, List<?> right) {
    Limits.items((long) left.size() + right.size());
    List<Object> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  private static Object repeated(Object value, int count) {
    if (value instanceof String text) {
      return Texts.repeated(text, count);
    }
    List<?> items =
        value instanceof Tuple tuple ? tuple.items() : value instanceof List<?> list ? list : null;
    if (items == null) {
      throw unfit("*", value, BigInteger.valueOf(count));
    }
    Limits.items((long) items.size() * Math.max(0, count));
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < count && !items.isEmpty(); i++) {
      all.addAll(items);
    }
    return value instanceof Tuple ? new Tuple(all) : all;
  }

  private static Object whole(String sign, BigInteger left, BigInteger right) {
    if (right.signum() == 0 && (sign.equals("/") || sign.equals("//") || sign.equals("%"))) {
      throw new TemplateException("division by zero");
    }
    return switch (sign) {
      case "+" -> Numbers.bounded(left.add(right));
      case "-" -> Numbers.bounded(left.subtract(right));
      case "*" -> Numbers.bounded(left.multiply(right));
      case "/" -> quotient(left, right);
      case "//" -> floored(left, right);
      case "%" -> left.subtract(right.multiply(floored(left, right)));
      default -> power(left, right);
    };
  }

  private static Object quotient(BigInteger left, BigInteger right) {
    if (left.signum() == 0) {
      return right.signum() < 0 ? -0.0 : 0.0;
    }
    double exact =
        new java.math.BigDecimal(left)
            .divide(new java.math.BigDecimal(right), java.math.MathContext.DECIMAL128)
            .doubleValue();
    if (Double.isInfinite(exact)) {
      throw new TemplateException("a quotient is too large");
    }
    return exact;
  }

  private static BigInteger floored(BigInteger left, BigInteger right) {
    BigInteger[] parts = left.divideAndRemainder(right);
    return parts[1].signum() != 0 && parts[1].signum() != right.signum()
        ? parts[0].subtract(BigInteger.ONE)
        : parts[0];
  }

  private static Object power(BigInteger base, BigInteger exponent) {
    if (exponent.signum() < 0) {
      return real("**", base.doubleValue(), exponent.doubleValue());
    }
    if (base.bitLength() <= 1) {
      return base.signum() == 0 && exponent.signum() > 0
          ? BigInteger.ZERO
          : base.signum() < 0 && exponent.testBit(0)
              ? base
              : base.signum() < 0
                  ? base.pow(exponent.min(BigInteger.TWO).intValue())
                  : BigInteger.ONE;
    }
    if (exponent.bitLength() > 20
        || (long) (base.bitLength() - 1) * exponent.intValue() > Numbers.MAX_BITS) {
      throw new TemplateException(
          "a power has more than the 4,300 digits that a template may have");
    }
    return Numbers.bounded(base.pow(exponent.intValue()));
  }

  private static Object real(String sign, double left, double right) {
    if (right == 0 && (sign.equals("/") || sign.equals("//") || sign.equals("%"))) {
      throw new TemplateException("division by zero");
    }
    if (sign.equals("**")) {
      if (left == 0 && right < 0) {
        throw new TemplateException("zero cannot be raised to a negative power");
      }
      if (left < 0 && right != Math.rint(right)) {
        throw new TemplateException("a root of a negative number is no number here");
      }
    }
    return switch (sign) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> flooredReal(left, right);
      case "%" -> modulo(left, right);
      default -> Math.pow(left, right);
    };
  }

  private static double modulo(double left, double right) {
    double rest = left % right;
    if (rest == 0) {
      return Math.copySign(0.0, right);
    }
    return (rest < 0) == (right < 0) ? rest : rest + right;
  }

  private static double flooredReal(double left, double right) {
    double rest = modulo(left, right);
    double quotient = (left - rest) / right;
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5
        ? floor + 1
        : quotient == 0 ? Math.copySign(0.0, left / right) : floor;
  }

  public static Object signed(String sign, Object value) {
    if (value instanceof Undefined missing) {
      throw missing.used();
    }
    if (!Numbers.isNumber(value)) {
      throw new TemplateException(
          "'%s' wants a number behind it, but got %s".formatted(sign, Values.described(value)));
    }
    if (value instanceof Double number) {
      return sign.equals("-") ? (Object) (-number) : number;
    }
    BigInteger number = Numbers.integer(value);
    return sign.equals("-") ? number.negate() : number;
  }

  public static boolean compare(String sign, Object left, Object right) {
    return switch (sign) {
      case "==" -> Comparison.equal(left, right);
      case "!=" -> !Comparison.equal(left, right);
      case "in" -> Values.contains(right, left);
      case "not in" -> !Values.contains(right, left);
      default -> ordered(sign, left, right);
    };
  }

  private static boolean ordered(String sign, Object left, Object right) {
    if ((left instanceof Double a && a.isNaN()) || (right instanceof Double b && b.isNaN())) {
      return false;
    }
    int order = Comparison.order(left, right);
    return switch (sign) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }
}

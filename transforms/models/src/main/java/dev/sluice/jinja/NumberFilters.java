package dev.sluice.jinja;

import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Arithmetic;
import dev.sluice.jinja.value.Numbers;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Texts;
import dev.sluice.jinja.value.Undefined;
import dev.sluice.jinja.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Jinja's filters of numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static @Nullable Object apply(String name, Object value, Arguments given) {
    return switch (name) {
      case "int" -> integer(value, given);
      case "float" -> {
        Object otherwise = given.bind(name, 0, "default").get(0, 0.0);
        Double real = real(value);
        yield real == null ? otherwise : real;
      }
      case "abs" ->
          Numbers.isNumber(value) && Numbers.approximately(value) < 0
              ? Arithmetic.signed("-", value)
              : Arithmetic.signed("+", value);
      case "round" -> rounded(value, given);
      default -> null;
    };
  }

  private static Object integer(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("int", 0, "default", "base");
    if (value instanceof Undefined missing) {
      throw missing.used();
    }
    if (Numbers.isInteger(value)) {
      return Numbers.integer(value);
    }
    if (value instanceof String text) {
      BigInteger whole = whole(text, bound.number(1, 10));
      if (whole != null) {
        return whole;
      }
    }
    Double real = real(value);
    return real == null || real.isNaN() || real.isInfinite()
        ? bound.get(0, BigInteger.ZERO)
        : new BigDecimal(real).toBigInteger();
  }

  private static @Nullable BigInteger whole(String text, int base) {
    String digits = Texts.strip(text);
    String prefix = base == 16 ? "0[xX]" : base == 8 ? "0[oO]" : base == 2 ? "0[bB]" : "";
    String bare =
        digits.replaceFirst("^([+-]?)" + (prefix.isEmpty() ? "" : "(?:" + prefix + ")?_?"), "$1");
    if (base < 2
        || base > 36
        || bare.length() > 4_300
        || !bare.matches("[+-]?[0-9A-Za-z]++(_[0-9A-Za-z]++)*+")) {
      return null;
    }
    try {
      return new BigInteger(bare.replace("_", ""), base);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Double real(Object value) {
    if (value instanceof Undefined missing) {
      throw missing.used();
    }
    if (Numbers.isNumber(value)) {
      return Numbers.approximately(value);
    }
    if (!(value instanceof String text)) {
      return null;
    }
    String digits = Texts.lower(Texts.strip(text));
    if (digits.matches("[+-]?(inf|infinity)")) {
      return digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (digits.matches("[+-]?nan")) {
      return Double.NaN;
    }
    boolean number =
        digits.length() < 1_000
            && digits.matches(
                "[+-]?(\\d++(_\\d++)*+\\.?(\\d++(_\\d++)*+)?|\\.\\d++(_\\d++)*+)(e[+-]?\\d++(_\\d++)*+)?");
    return number ? Double.valueOf(digits.replace("_", "")) : null;
  }

  private static Object rounded(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("round", 0, "precision", "method");
    int digits = Math.max(-400, Math.min(bound.number(0, 0), 400));
    String method = bound.text(1, "common");
    if (!Numbers.isNumber(value)) {
      if (value instanceof Undefined missing) {
        throw missing.used();
      }
      throw new TemplateException("round wants a number, but got " + Values.described(value));
    }
    if (method.equals("common")) {
      if (value instanceof Double real) {
        return real.isNaN() || real.isInfinite() || real == 0
            ? real
            : Math.copySign(
                new BigDecimal(real).setScale(digits, RoundingMode.HALF_EVEN).doubleValue(), real);
      }
      return new BigDecimal(Numbers.integer(value))
          .setScale(Math.min(0, digits), RoundingMode.HALF_EVEN)
          .toBigInteger();
    }
    if (!method.equals("ceil") && !method.equals("floor")) {
      throw new TemplateException(
          "round has the methods common, ceil and floor, but got '%s'".formatted(method));
    }
    Object power = Arithmetic.binary("**", BigInteger.TEN, BigInteger.valueOf(digits));
    Object scaled = Arithmetic.binary("*", value, power);
    BigDecimal exact =
        Numbers.isInteger(scaled)
            ? new BigDecimal(Numbers.integer(scaled))
            : new BigDecimal(Numbers.approximately(scaled));
    RoundingMode mode = method.equals("ceil") ? RoundingMode.CEILING : RoundingMode.FLOOR;
    return Arithmetic.binary("/", exact.setScale(0, mode).toBigInteger(), power);
  }
}

package dev.sluice.pipelines.file.yaml;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Types of plain scalars by the core schema of YAML 1.2: {@code yes} and {@code off} are texts,
 * {@code 012} is twelve, {@code 0o14} is octal, {@code 5.0e-4} and {@code 1e-3} are numbers.
 */
public final class Scalars {
  private Scalars() {}

  /** null, Boolean, Long, BigInteger, Double or String. */
  static @Nullable public Object resolve(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    char first = text.charAt(0);
    if (!digit(first) && first != '-' && first != '+' && first != '.') {
      return text;
    }
    if (text.startsWith("0x") || text.startsWith("0o")) {
      int radix = text.charAt(1) == 'x' ? 16 : 8;
      return text.length() > 2 && allDigits(text, 2, radix)
          ? whole(new BigInteger(text.substring(2), radix))
          : text;
    }
    int start = first == '-' || first == '+' ? 1 : 0;
    if (text.length() > start && allDigits(text, start, 10)) {
      return whole(new BigInteger(text));
    }
    return real(text, start) ? (Object) Double.valueOf(text) : text;
  }

  /** {@code (\. digits | digits (\. digits?)?) ([eE] sign? digits)?} from a place on. */
  private static boolean real(String text, int start) {
    int i = digits(text, start);
    int before = i - start;
    int after = 0;
    if (i < text.length() && text.charAt(i) == '.') {
      int point = i + 1;
      i = digits(text, point);
      after = i - point;
    }
    if (before + after == 0) {
      return false;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      int exponent = i + 1;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      i = digits(text, exponent);
      return i > exponent && i == text.length();
    }
    return i == text.length();
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && digit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean allDigits(String text, int from, int radix) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Number whole(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }
}

package dev.sluice.stages.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rational number in lowest terms.
 *
 * @param numerator carries the sign
 * @param denominator at least 1
 */
record ExactNumber(BigInteger numerator, BigInteger denominator) {
  /** Longer texts are no numbers that a solution would give, and slow to compute with. */
  private static final int MAX_LENGTH = 400;

  private static final int MAX_EXPONENT = 300;

  private static final String DECIMAL =
      "(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d*)?|\\.\\d+)";
  private static final String CURRENCY = "(?:[$€£¥₹]|USD|EUR|GBP|Rs\\.?)?\\s*";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:about|approximately|approx\\.|≈)?\\s*([-+]?)\\s*"
              + CURRENCY
              + "([-+]?)\\s*(?:(?<whole>\\d+) (?=\\d+\\s*/))?(?<top>"
              + DECIMAL
              + ")(?:\\s*/\\s*(?<bottom>[-+]?"
              + DECIMAL
              + "))?(?:[eE](?<exponent>[-+]?\\d{1,6})|\\s*[*x]\\s*10\\s*\\^\\s*\\{?\\s*(?<power>[-+]?\\d{1,6})\\s*\\}?)?"
              + "(?<unit>[^\\d]*)");
  private static final Pattern UNIT =
      Pattern.compile("\\s*(?:[$€£¥₹%°]|[-\\s/]?[\\p{L}.,;!°'’()\\s/^²³%-]*)");
  private static final Pattern SCALE =
      Pattern.compile("\\s*(thousand|million|billion|trillion)\\b.*");
  private static final Map<String, Integer> SCALES =
      Map.of("thousand", 3, "million", 6, "billion", 9, "trillion", 12);

  static ExactNumber of(BigInteger numerator, BigInteger denominator) {
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    return new ExactNumber(numerator.divide(divisor), denominator.divide(divisor));
  }

  /** The number that a text is, with a unit or without; empty if it is something else. */
  static Optional<ExactNumber> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches() || !UNIT.matcher(matcher.group("unit")).matches()) {
      return Optional.empty();
    }
    BigDecimal bottom = decimal(matcher.group("bottom"), BigDecimal.ONE);
    if (bottom.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal top = decimal(matcher.group("top"), BigDecimal.ZERO);
    top = top.add(decimal(matcher.group("whole"), BigDecimal.ZERO).multiply(bottom));
    int exponent = integer(matcher.group("exponent")) + integer(matcher.group("power"));
    Matcher scale = SCALE.matcher(matcher.group("unit").toLowerCase(Locale.ROOT));
    if (scale.matches()) {
      exponent += SCALES.getOrDefault(scale.group(1), 0);
    }
    if (Math.abs(exponent) > MAX_EXPONENT) {
      return Optional.empty();
    }
    boolean negative = matcher.group(1).equals("-") != matcher.group(2).equals("-");
    return Optional.of(ratio((negative ? top.negate() : top).scaleByPowerOfTen(exponent), bottom));
  }

  /** As an integer, a decimal that ends, or a fraction, whichever is the first that is exact. */
  @Override
  public String toString() {
    try {
      BigDecimal decimal = new BigDecimal(numerator).divide(new BigDecimal(denominator));
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    } catch (ArithmeticException e) {
      // A decimal without end.
      return numerator + "/" + denominator;
    }
  }

  private static ExactNumber ratio(BigDecimal top, BigDecimal bottom) {
    int scale = Math.max(0, Math.max(top.scale(), bottom.scale()));
    return of(
        top.scaleByPowerOfTen(scale).toBigIntegerExact(),
        bottom.scaleByPowerOfTen(scale).toBigIntegerExact());
  }

  private static BigDecimal decimal(@Nullable String text, BigDecimal absent) {
    return text == null ? absent : new BigDecimal(text.replace(",", ""));
  }

  private static int integer(@Nullable String text) {
    return text == null ? 0 : Integer.parseInt(text);
  }
}

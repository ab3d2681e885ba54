package dev.sluice.stages.dataset;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers as people write them: digits, a point at most, no exponent and no idle zeros. */
public final class PlainNumber {
  private static final Pattern WITH_EXPONENT =
      Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})[eE][+-]?\\d{1,4}");

  /** Places up to which a number is written out: those of a double, with room. */
  private static final int MAX_PLACES = 1_200;

  private PlainNumber() {}

  /** A number's text; with an exponent only beyond {@value #MAX_PLACES} places. */
  public static String text(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return Math.abs((long) stripped.scale()) > MAX_PLACES
        ? stripped.toString()
        : stripped.toPlainString();
  }

  /** A text that is nothing but a number with an exponent, written out; any other text as it is. */
  public static String writtenOut(String text) {
    String trimmed = text.strip();
    return WITH_EXPONENT.matcher(trimmed).matches() ? text(new BigDecimal(trimmed)) : text;
  }
}

package dev.sluice.methods.arithmetic.reference;

import dev.sluice.methods.text.Chars;

/**
 * What is on both sides of an equals sign in a text. No side goes beyond the next equals sign, so
 * that all sides of a text together are read once.
 */
final class Sides {
  private static final String BLANKS = " \t\n\u000b\f\r";
  private static final String DIGITS = "0123456789";
  private static final String OPERATORS = "-+*/x×÷";

  /** What may be between a number and an operator. */
  private static final String AROUND_OPERATOR = BLANKS + "$()";

  private Sides() {}

  /**
   * The number after an equals sign, its minus signs before it; empty if there is none, or if
   * something carries it on: a fraction, a unit, a percentage or a further term.
   */
  static String right(CharSequence line, int sign) {
    int at = Chars.skipBlanks(line, sign + 1);
    boolean minus = Chars.startsWith(line, "-", at);
    at = Chars.skipBlanks(line, minus ? at + 1 : at);
    at = Chars.skipBlanks(line, Chars.startsWith(line, "$", at) ? at + 1 : at);
    int digits = Chars.startsWith(line, "-", at) ? at + 1 : at;
    int whole = isDigit(line, digits) ? Chars.skip(line, digits, DIGITS + ",") : digits;
    int end = whole;
    if (Chars.startsWith(line, ".", whole) && isDigit(line, whole + 1)) {
      end = Chars.skip(line, whole + 1, DIGITS);
    }
    if (end == digits) {
      return "";
    }
    if (!endsNumber(line, end)) {
      // A comma may end a clause: "13, a third of it" states 13.
      end = whole;
      while (end > digits && !endsNumber(line, end)) {
        end--;
      }
    }
    return end == digits ? "" : (minus ? "-" : "") + line.subSequence(at, end);
  }

  /** Whether nothing at a place carries on the number before it. */
  private static boolean endsNumber(CharSequence line, int at) {
    if (at == line.length()) {
      return true;
    }
    if (Character.isLetter(Character.codePointAt(line, at)) || isDigit(line, at)) {
      return false;
    }
    if (".,".indexOf(line.charAt(at)) >= 0) {
      return !isDigit(line, at + 1);
    }
    int next = Chars.skipBlanks(line, at);
    return next == line.length()
        || !("-+*/x×÷%(^–−".indexOf(line.charAt(next)) >= 0 || (next > at && isDigit(line, next)));
  }

  /**
   * The longest expression that ends before an equals sign; empty if it may be part of a longer
   * one.
   */
  static String left(CharSequence line, int sign) {
    int end = Chars.skipBlanksBack(line, sign);
    int at = Chars.skipBack(line, end, BLANKS + ")");
    int begin = at;
    int numbers = 0;
    while (at >= 0) {
      int number = numberBefore(line, at);
      if (number == at) {
        break;
      }
      begin = number;
      numbers++;
      at = operatorBefore(line, begin);
    }
    if (numbers < 2) {
      return "";
    }
    begin = Chars.skipBack(line, begin, BLANKS + "$");
    begin = begin > 0 && "-(".indexOf(line.charAt(begin - 1)) >= 0 ? begin - 1 : begin;
    return isCarriedOn(line, begin) ? "" : line.subSequence(begin, end).toString();
  }

  /** Where the longest number begins that ends at a place; the place itself if none does. */
  private static int numberBefore(CharSequence line, int end) {
    int decimals = Chars.skipBack(line, end, DIGITS);
    int whole = decimals < end && Chars.startsWith(line, ".", decimals - 1) ? decimals - 1 : end;
    int begin = Chars.skipBack(line, whole, DIGITS + ",");
    return Math.min(whole, Chars.skip(line, begin, ","));
  }

  /** Where what is before an operator ends; -1 if no operator is before a place. */
  private static int operatorBefore(CharSequence line, int place) {
    int sign = Chars.skipBack(line, place, AROUND_OPERATOR);
    return sign > 0 && OPERATORS.indexOf(line.charAt(sign - 1)) >= 0
        ? Chars.skipBack(line, sign - 1, AROUND_OPERATOR)
        : -1;
  }

  /** Whether what ends at a place makes what follows it a part of a longer expression. */
  private static boolean isCarriedOn(CharSequence line, int place) {
    int end = Chars.skipBack(line, place, BLANKS + "($");
    if (end == 0) {
      return false;
    }
    int c = Character.codePointBefore(line, end);
    int type = Character.getType(c);
    return ")%+*/x×÷^–−-".indexOf(c) >= 0
        || type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  private static boolean isDigit(CharSequence line, int at) {
    return at < line.length() && Chars.isDigit(line.charAt(at));
  }
}

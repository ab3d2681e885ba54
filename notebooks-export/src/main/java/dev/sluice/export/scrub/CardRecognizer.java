package dev.sluice.export.scrub;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of payment cards. One in ten numbers has the right check digit, so a number that is not
 * divided by blanks has to be called a card nearby.
 */
final class CardRecognizer implements Recognizer {
  private static final int MIN_DIGITS = 13;
  private static final int MAX_DIGITS = 19;
  private static final int NEAR = 60;

  /** Digits in the groups that are printed on cards. */
  private static final Set<String> GROUPS = Set.of("4-4-4-4", "4-6-5", "4-6-4", "4-4-4-4-3");

  private static final Set<String> CARDS =
      Set.of(
          ("card cards visa mastercard amex express discover diners jcb maestro unionpay credit debit"
                  + " pan cc cvv cvc karte kreditkarte carte tarjeta carta cartão")
              .split(" ", -1));

  @Override
  public String triggers() {
    return "3456" + "2"; // The newer numbers of Mastercard.
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    char before = scan.before(at);
    if (Scan.isWord(before) || ".,-+#$/\\^_=*".indexOf(before) >= 0) {
      return null;
    }
    int end = end(scan, at);
    if (end < 0 || Maths.goesOn(scan, end)) {
      return null;
    }
    boolean free =
        scan.at(at + 4) == ' '
            && !Maths.before(scan, at)
            && !Maths.after(scan, end)
            && !Scan.isDigit(scan.at(scan.skipBlanks(end)));
    return free || scan.says(at, NEAR, CARDS) ? new Match(at, end, Kind.CARD) : null;
  }

  /** The end of the longest row of groups of digits that is a number; -1 if none is. */
  private static int end(Scan scan, int at) {
    StringBuilder digits = new StringBuilder();
    StringBuilder groups = new StringBuilder();
    char divider = Scan.NONE;
    int end = -1;
    int place = at;
    while (Scan.isDigit(scan.at(place))) {
      int first = place;
      while (Scan.isDigit(scan.at(place)) && digits.length() <= MAX_DIGITS) {
        digits.append(scan.at(place++));
      }
      groups.append(groups.isEmpty() ? "" : "-").append(place - first);
      if ((divider == Scan.NONE || GROUPS.contains(groups.toString())) && valid(digits)) {
        end = place;
      }
      char c = scan.at(place);
      boolean divides = divider == Scan.NONE ? c == ' ' || c == '-' : c == divider;
      if (!divides || digits.length() > MAX_DIGITS || !groups.toString().startsWith("4")) {
        break;
      }
      divider = c;
      place++;
    }
    return end;
  }

  private static boolean valid(CharSequence digits) {
    return digits.length() >= MIN_DIGITS
        && issued(Integer.parseInt(digits.subSequence(0, 4).toString()), digits.length())
        && luhn(digits);
  }

  /** Whether an issuer has numbers that begin so and are so long (ISO/IEC 7812, issuers' lists). */
  private static boolean issued(int first, int length) {
    int two = first / 100;
    int three = first / 10;
    return switch (length) {
      case 13 -> two / 10 == 4;
      case 14 -> (three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39;
      case 15 -> two == 34 || two == 37;
      case 16, 19 ->
          two / 10 == 4
              || (first >= 3528 && first <= 3589)
              || first == 6011
              || (three >= 644 && three <= 649)
              || two == 65
              || two == 62
              || (length == 16 && ((two >= 51 && two <= 55) || (first >= 2221 && first <= 2720)));
      case 17, 18 -> two == 62;
      default -> false;
    };
  }

  /** The check digit of ISO/IEC 7812: every second digit from the right counts twice. */
  private static boolean luhn(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : 2 * digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }
}

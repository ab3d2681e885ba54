package dev.sluice.export.scrub;

import org.jspecify.annotations.Nullable;

/**
 * Telephone numbers that begin with {@code +} and the country's code. Groups of digits are divided
 * by blanks, hyphens, slashes or brackets, or all of them by points.
 */
final class PhoneRecognizer implements Recognizer {
  private static final int MAX_DIGITS = 16;

  /** Fewer, without a blank among them, may be a calculation or a decimal number. */
  private static final int MIN_GROUPS = 3;

  @Override
  public String triggers() {
    return "+";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    char before = scan.before(at);
    if (!Scan.isDigit(scan.at(at + 1))
        || Scan.isWord(before)
        || before == '.'
        || before == ','
        || Maths.before(scan, at)) {
      return null;
    }
    int end = end(scan, at + 1);
    return end < 0 || Maths.after(scan, end) ? null : new Match(at, end, Kind.PHONE);
  }

  /** The end of the longest row of groups of digits that is a number; -1 if none is. */
  private static int end(Scan scan, int begin) {
    StringBuilder digits = new StringBuilder();
    int end = -1;
    int groups = 0;
    int points = 0;
    int blanks = 0;
    int place = begin;
    while (place >= 0 && (points == 0 || points == groups)) {
      boolean bracket = scan.at(place) == '(';
      int first = bracket ? place + 1 : place;
      int last = first;
      while (Scan.isDigit(scan.at(last)) && digits.length() + last - first <= MAX_DIGITS) {
        last++;
      }
      if (last == first || (bracket && scan.at(last) != ')')) {
        break;
      }
      String group = scan.text().substring(first, last);
      // +49 (0)30: the zero is dialled within the country alone.
      digits.append(bracket && group.equals("0") ? "" : group);
      groups++;
      place = bracket ? last + 1 : last;
      boolean divided = groups == 1 || groups >= MIN_GROUPS || blanks > 0;
      if (divided && !Maths.goesOn(scan, place) && CallingCodes.valid(digits.toString())) {
        end = place;
      }
      points += scan.at(place) == '.' ? 1 : 0;
      blanks += Scan.isBlank(scan.at(place)) ? 1 : 0;
      place = next(scan, place);
    }
    return end;
  }

  /** Where the group begins that follows one; -1 if there is none. */
  private static int next(Scan scan, int place) {
    char c = scan.at(place);
    boolean divides = Scan.isBlank(c) || c == '-' || c == '.' || c == '/';
    int next = divides ? place + 1 : place;
    boolean bracket = scan.at(next) == '(' && c != '.' && c != '/';
    return Scan.isDigit(scan.at(bracket ? next + 1 : next)) ? next : -1;
  }
}

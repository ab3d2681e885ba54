package dev.sluice.export.scrub;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Social security numbers of the USA. They have no check digit and look like a subtraction, so they
 * have to be called so nearby.
 */
final class SsnRecognizer implements Recognizer {
  private static final int LENGTH = 11;
  private static final int NEAR = 60;
  private static final Set<String> NAMES = Set.of("ssn", "ssns", "social");

  @Override
  public String triggers() {
    return "012345678";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    char before = scan.before(at);
    char divider = scan.at(at + 3);
    if (Scan.isWord(before)
        || "-+.,".indexOf(before) >= 0
        || (divider != '-' && divider != ' ')
        || scan.at(at + 6) != divider) {
      return null;
    }
    int area = number(scan, at, 3);
    int group = number(scan, at + 4, 2);
    int serial = number(scan, at + 7, 4);
    boolean issued = area > 0 && area < 900 && area != 666 && group > 0 && serial > 0;
    int end = at + LENGTH;
    return issued && !Maths.goesOn(scan, end) && scan.at(end) != '-' && scan.says(at, NEAR, NAMES)
        ? new Match(at, end, Kind.SSN)
        : null;
  }

  /** The number in so many digits; -1 if one of them is none. */
  private static int number(Scan scan, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      if (!Scan.isDigit(scan.at(i))) {
        return -1;
      }
      number = 10 * number + scan.at(i) - '0';
    }
    return number;
  }
}

package dev.sluice.export.scrub;

/** Whether digits are part of a calculation, by what is written around them. */
final class Maths {
  /** Signs after which a number is an operand, and those of LaTeX. */
  private static final String BEFORE = "+-*/=<>^_%\\&~|)]}${×÷·∙⋅∗±∓≤≥≈≠≡√∑∏−–−→∈";

  /** Signs before which a number is an operand. */
  private static final String AFTER = "*/=<>^_%\\&~|{}$×÷·∙⋅∗±∓≤≥≈≠≡!−→∈";

  private static final char AFTER_GREEK = '\u0400';
  private static final String CLOSING = ")]";

  private Maths() {}

  /**
   * Whether what comes before a place makes an operand of what follows: a sign, another number, or
   * a variable.
   */
  static boolean before(Scan scan, int place) {
    int end = scan.skipBlanksBack(place);
    if (scan.follows(end)) {
      return false;
    }
    char c = scan.before(end);
    if (Scan.isDigit(c)) {
      return true;
    }
    if (c == '-' || c == '*') {
      // The bullet of a list.
      char line = scan.before(scan.skipBlanksBack(end - 1));
      return line != Scan.NONE && line != '\n';
    }
    boolean variable =
        c < AFTER_GREEK && Character.isLetter(c) && !Scan.isWord(scan.before(end - 1));
    return variable || BEFORE.indexOf(c) >= 0;
  }

  /**
   * Whether what comes after a place, brackets that close left aside, makes an operand of what
   * precedes: a sign. A plus sign with a blank before it and none after it begins a number.
   */
  static boolean after(Scan scan, int place) {
    if (scan.at(place) == '(') {
      return true;
    }
    int next = scan.skipBlanks(place);
    while (CLOSING.indexOf(scan.at(next)) >= 0) {
      next = scan.skipBlanks(next + 1);
    }
    char c = scan.at(next);
    if (c == '+' && Scan.isBlank(scan.before(next)) && Scan.isDigit(scan.at(next + 1))) {
      return false;
    }
    if (c == '+' || c == '-' || c == '\u2013') {
      return Scan.isDigit(scan.at(scan.skipBlanks(next + 1)));
    }
    return AFTER.indexOf(c) >= 0;
  }

  /** Whether a number goes on after a place: more digits, a decimal part, or thousands. */
  static boolean goesOn(Scan scan, int place) {
    char c = scan.at(place);
    return Scan.isWord(c) || ((c == '.' || c == ',') && Scan.isDigit(scan.at(place + 1)));
  }
}

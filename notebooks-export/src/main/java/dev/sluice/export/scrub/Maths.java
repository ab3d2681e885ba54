package dev.sluice.export.scrub;

/** Whether digits are part of a calculation, by what is written around them. */
final class Maths {
  /** Signs after which a number is an operand, and those of LaTeX. */
  private static final String BEFORE = "+-*/=<>^_%\\&~|)]}${×÷·∙⋅∗±∓≤≥≈≠≡√∑∏−–−→∈";

  /** Signs before which a number is an operand. */
  private static final String AFTER = "*/=<>^_%\\&~|{}$×÷·∙⋅∗±∓≤≥≈≠≡!−→∈";

  private static final char AFTER_GREEK = '\u0400';

  /** Characters of a tag of HTML; one of a single letter may be a comparison. */
  private static final int MAX_TAG = 60;

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
    if ((c == '|' && end < place) || (c == '>' && endsTag(scan, end - 1))) {
      return false; // A cell of a table, or an element of HTML.
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
    boolean cell = c == '|' && next > place;
    boolean element = c == '<' && scan.at(next + 1) == '/';
    return !cell && !element && AFTER.indexOf(c) >= 0;
  }

  /** Whether the tag of an element ends at a place, such as {@code <td>}. */
  private static boolean endsTag(Scan scan, int place) {
    int open = place - 1;
    while (place - open <= MAX_TAG && open > scan.from() && scan.at(open) != '<') {
      open--;
    }
    return scan.at(open) == '<' && Character.isLetter(scan.at(open + 1)) && open < place - 2;
  }

  /** Whether a number goes on after a place: more digits, a decimal part, or thousands. */
  static boolean goesOn(Scan scan, int place) {
    char c = scan.at(place);
    return Scan.isWord(c) || ((c == '.' || c == ',') && Scan.isDigit(scan.at(place + 1)));
  }
}

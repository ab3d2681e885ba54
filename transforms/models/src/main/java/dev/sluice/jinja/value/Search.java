package dev.sluice.jinja.value;

/**
 * Looks for a text in others, in a time that grows with their lengths alone (Knuth, Morris and
 * Pratt, "Fast pattern matching in strings", 1977). Java's own search compares a long text again at
 * every place, which a template can make last for years.
 */
final class Search {
  /** Java's own search is faster for texts up to this length. */
  private static final int SHORT = 32;

  private final String wanted;
  private final boolean fromEnd;

  /**
   * For each begin of the wanted text, the length of the longest shorter begin that it ends with;
   * empty for a short text.
   */
  private final int[] borders;

  private Search(String wanted, boolean fromEnd) {
    this.wanted = wanted;
    this.fromEnd = fromEnd;
    borders = new int[wanted.length() <= SHORT ? 0 : wanted.length() + 1];
    int border = 0;
    for (int i = 1; i + 1 < borders.length; i++) {
      while (border > 0 && letter(i) != letter(border)) {
        border = borders[border];
      }
      if (letter(i) == letter(border)) {
        border++;
      }
      borders[i + 1] = border;
    }
  }

  /** Looks from the begin on. */
  static Search forward(String wanted) {
    return new Search(wanted, false);
  }

  /** Looks from the end on. */
  static Search backward(String wanted) {
    return new Search(wanted, true);
  }

  private char letter(int index) {
    return wanted.charAt(fromEnd ? wanted.length() - 1 - index : index);
  }

  /**
   * The next place.
   *
   * @param from where the search begins: it ends there if it goes backward
   * @return where the wanted text begins; -1 if it is nowhere
   */
  int in(String text, int from) {
    if (borders.length == 0) {
      return fromEnd
          ? text.lastIndexOf(wanted, from - wanted.length())
          : text.indexOf(wanted, from);
    }
    int size = fromEnd ? from : text.length() - from;
    int matched = 0;
    for (int i = 0; i < size; i++) {
      char letter = text.charAt(fromEnd ? from - 1 - i : from + i);
      while (matched > 0 && letter != letter(matched)) {
        matched = borders[matched];
      }
      if (letter == letter(matched)) {
        matched++;
      }
      if (matched == wanted.length()) {
        return fromEnd ? from - 1 - i : from + i + 1 - matched;
      }
    }
    return -1;
  }
}

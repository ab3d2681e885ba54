package dev.sluice.methods.reply;

/**
 * A text whose characters may be looked at a bounded number of times. One search with RE2/J is
 * linear, but all matches of an expression together may look at a text as often as it is long.
 */
final class BoundedText implements CharSequence {
  private static final int MAX_READS = 12;
  private static final int FREE = 1024;

  private final CharSequence text;
  private long left;

  BoundedText(CharSequence text) {
    this.text = text;
    this.left = FREE + (long) MAX_READS * text.length();
  }

  /** The text was looked at too often. */
  static final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SpentException() {
      super("The text was looked at too often.", null, false, false);
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new SpentException();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    left -= end - start;
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

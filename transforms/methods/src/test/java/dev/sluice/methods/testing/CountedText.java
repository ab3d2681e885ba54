package dev.sluice.methods.testing;

/**
 * A text that counts how often its characters are looked at, in all its parts together. It refuses
 * to be read beyond a limit, so that a reader that never ends fails.
 */
public final class CountedText implements CharSequence {
  private final String text;
  private final Count count;

  private static final class Count {
    private final long limit;
    private long reads;

    private Count(long limit) {
      this.limit = limit;
    }

    void add(long more) {
      reads += more;
      if (reads > limit) {
        throw new AssertionError("More than " + limit + " characters are looked at.");
      }
    }
  }

  private CountedText(String text, Count count) {
    this.text = text;
    this.count = count;
  }

  /** A text of which so many characters may be looked at. */
  public static CountedText of(String text, long limit) {
    return new CountedText(text, new Count(limit));
  }

  /** The number of characters that were looked at. */
  public long reads() {
    return count.reads;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    count.add(1);
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new CountedText(text.substring(start, end), count);
  }

  /** Copies the text, which looks at all of it. */
  @Override
  public String toString() {
    count.add(text.length());
    return text;
  }
}

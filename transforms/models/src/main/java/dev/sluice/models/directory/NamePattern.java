package dev.sluice.models.directory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of an adapter's file over the names of modules. Such an expression may be
 * made so that it takes years on a name of forty letters, so what it may read is bounded.
 */
final class NamePattern {
  /** Letters that one match may look at: far more than any honest expression over a name. */
  private static final long MAX_READS = 1_000_000;

  private final Pattern pattern;

  NamePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** The expression takes too long, or too deep a recursion. */
  static final class TooHardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooHardException(String expression, CharSequence name, @Nullable Throwable cause) {
      super(
          "the expression '%s' takes too long on the module '%s'".formatted(expression, name),
          cause);
    }
  }

  /** Whether the whole name matches. */
  boolean matches(String name) {
    try {
      return pattern.matcher(new Counted(name)).matches();
    } catch (StackOverflowError e) {
      throw new TooHardException(pattern.pattern(), name, e);
    }
  }

  /** The first group of a match at the name's begin; null if there is none. */
  @Nullable String groupAtBegin(String name) {
    try {
      Matcher matcher = pattern.matcher(new Counted(name));
      return matcher.lookingAt() ? matcher.group(1) : null;
    } catch (StackOverflowError e) {
      throw new TooHardException(pattern.pattern(), name, e);
    }
  }

  /** A name that counts what is read of it. */
  private final class Counted implements CharSequence {
    private final String name;
    private long reads;

    private Counted(String name) {
      this.name = name;
    }

    @Override
    public int length() {
      return name.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads > MAX_READS) {
        throw new TooHardException(pattern.pattern(), name, null);
      }
      return name.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return name.substring(start, end);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}

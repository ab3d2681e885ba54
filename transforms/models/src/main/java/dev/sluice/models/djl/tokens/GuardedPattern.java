package dev.sluice.models.djl.tokens;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A regular expression of a tokenizer, run here on a text before the native engine gets it. That
 * engine (Oniguruma, through Hugging Face's library) gives up after ten million steps back within
 * one match, and the library then ends the whole process. Both engines go back alike, so a text on
 * which this one goes back far less is safe for that one.
 */
final class GuardedPattern {
  /** Steps back in one match at the most: less than half of what ends the process. */
  private static final long MAX_STEPS = 4_000_000;

  /** Names of scripts, which Java spells with {@code Is}. */
  private static final Pattern SCRIPT = Pattern.compile("\\\\([pP])\\{(\\^?)([A-Z][a-z]{2,})\\}");

  private static final int FLAGS =
      Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE | Pattern.MULTILINE;

  private final String expression;
  private final Pattern pattern;
  private final int unguarded;

  /**
   * Reads an expression.
   *
   * @throws PatternShape.RefusedException if there are texts on which it would never end, or if it
   *     cannot be read
   */
  GuardedPattern(String expression) throws PatternShape.RefusedException {
    this.expression = expression;
    unguarded = PatternShape.of(expression).longest(MAX_STEPS);
    pattern = compiled(expression);
  }

  /**
   * Whether an expression matches the empty text, alone or at some place of another one.
   * Lookarounds are tried at every place of a text of many kinds of characters and of the
   * expression itself.
   */
  static boolean matchesNothing(String expression) {
    Pattern pattern;
    try {
      pattern = compiled(expression);
    } catch (PatternSyntaxException e) {
      return false; // Refused elsewhere, with what is wrong.
    }
    return Stream.of("", "a1 _.\n\u2581\u00e9", expression)
        .anyMatch(text -> pattern.matcher(text).results().anyMatch(m -> m.start() == m.end()));
  }

  private static Pattern compiled(String expression) {
    try {
      return Pattern.compile(expression, FLAGS);
    } catch (PatternSyntaxException e) {
      return Pattern.compile(SCRIPT.matcher(expression).replaceAll("\\\\$1{$2Is$3}"), FLAGS);
    }
  }

  String expression() {
    return expression;
  }

  /** No text up to this length needs a look. */
  int unguarded() {
    return unguarded;
  }

  /** A text takes too long. */
  static final class TooHardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Where the match began. */
    private final int place;

    private TooHardException(int place) {
      this.place = place;
    }

    int place() {
      return place;
    }
  }

  /** Takes the pieces into which an expression cuts a text. */
  @FunctionalInterface
  interface Pieces {
    void take(int from, int to);
  }

  /**
   * Runs over a part of a text.
   *
   * @param pieces gets what matches and what is between, in order
   * @throws TooHardException if a match takes too long
   */
  void run(String text, int from, int to, Pieces pieces) {
    Counted counted = new Counted(text, from, to);
    Matcher matcher = pattern.matcher(counted);
    int past = 0;
    try {
      counted.begin(0);
      while (matcher.find()) {
        if (matcher.start() > past) {
          pieces.take(from + past, from + matcher.start());
        }
        if (matcher.end() > matcher.start()) {
          pieces.take(from + matcher.start(), from + matcher.end());
        }
        past = matcher.end();
        counted.begin(past);
      }
    } catch (StackOverflowError e) {
      throw new TooHardException(from + past);
    }
    if (from + past < to) {
      pieces.take(from + past, to);
    }
  }

  /** A part of a text that counts what is read of it again. */
  private static final class Counted implements CharSequence {
    private final String text;
    private final int from;
    private final int to;
    private int start;
    private int farthest;
    private long again;

    private Counted(String text, int from, int to) {
      this.text = text;
      this.from = from;
      this.to = to;
    }

    /** A match begins. */
    private void begin(int place) {
      start = place;
      farthest = place - 1;
      again = 0;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (index > farthest) {
        farthest = index;
      } else if (++again > MAX_STEPS + (farthest - start)) {
        throw new TooHardException(from + start);
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int begin, int end) {
      return text.substring(from + begin, from + end);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}

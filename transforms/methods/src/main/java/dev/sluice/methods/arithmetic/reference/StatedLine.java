package dev.sluice.methods.arithmetic.reference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a solution taken apart.
 *
 * @param kind what the line is
 * @param left the value that a step begins with; 0 for other lines
 * @param operation a step's operator and operand, such as {@code +4}; empty for other lines
 * @param value the value that a step or an answer states; 0 for a line that does not parse
 */
record StatedLine(Kind kind, long left, String operation, long value) {
  /** What a line is. */
  enum Kind {
    /** Like {@code 27-8=19}. */
    STEP,
    /** Like {@code #57}. */
    ANSWER,
    /** Anything else. */
    OTHER
  }

  private static final Pattern STEP = Pattern.compile("(\\d++)([+*-]\\d)=(\\d++)");
  private static final Pattern ANSWER = Pattern.compile("#(\\d++)");

  /** Stands for every number too long to be a value of this world. */
  private static final long TOO_LARGE = 1_000_000_000_000_000L;

  static StatedLine parse(CharSequence line) {
    Matcher step = STEP.matcher(line);
    if (step.matches()) {
      return new StatedLine(Kind.STEP, number(step.group(1)), step.group(2), number(step.group(3)));
    }
    Matcher answer = ANSWER.matcher(line);
    if (answer.matches()) {
      return new StatedLine(Kind.ANSWER, 0, "", number(answer.group(1)));
    }
    return new StatedLine(Kind.OTHER, 0, "", 0);
  }

  /** A number of digits; those of 16 digits and more are all one value that nothing comes to. */
  static long number(String digits) {
    String bare = digits.replaceFirst("^0+(?=\\d)", "");
    return bare.length() > 15 ? TOO_LARGE : Long.parseLong(bare);
  }
}

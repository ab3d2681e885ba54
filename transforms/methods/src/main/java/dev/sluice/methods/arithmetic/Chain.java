package dev.sluice.methods.arithmetic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A problem of the arithmetic world: a start value and operations applied to it from left to right,
 * whatever their rank, such as {@code 23+4-8*3}.
 *
 * @param start the start value, at least 0
 * @param operations the operations in order, at least one
 */
public record Chain(int start, List<Operation> operations) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})((?:[+*-]\\d)+)");

  public Chain {
    operations = List.copyOf(operations);
    if (start < 0 || operations.isEmpty()) {
      throw new IllegalArgumentException(
          "A chain has a start value of at least 0 and at least one operation, not "
              + start
              + " and "
              + operations
              + ".");
    }
  }

  /** Whether a text is a chain. */
  public static boolean matches(String text) {
    return TEXT.matcher(text).matches();
  }

  /** Reads a chain from its text. Throws IllegalArgumentException if the text is anything else. */
  public static Chain parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "A chain is a number followed by operations with one digit each, such as 23+4-8*3, not '"
              + (text.length() > 80 ? text.substring(0, 80) + "..." : text)
              + "'.");
    }
    String tail = matcher.group(2);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < tail.length(); i += 2) {
      operations.add(new Operation(tail.charAt(i), tail.charAt(i + 1) - '0'));
    }
    return new Chain(Integer.parseInt(matcher.group(1)), operations);
  }

  /** The number of operations: the measure of difficulty. */
  public int difficulty() {
    return operations.size();
  }

  /** The chain's text, which {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(start);
    operations.forEach(text::append);
    return text.toString();
  }
}

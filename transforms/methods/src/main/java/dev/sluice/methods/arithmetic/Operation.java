package dev.sluice.methods.arithmetic;

/**
 * One operation of a chain.
 *
 * @param operator {@code +}, {@code -} or {@code *}
 * @param operand a digit, 0 to 9
 */
public record Operation(char operator, int operand) {

  public Operation {
    if ("+-*".indexOf(operator) < 0) {
      throw new IllegalArgumentException(
          "An operation of the arithmetic world is +, - or *, not '" + operator + "'.");
    }
    if (operand < 0 || operand > 9) {
      throw new IllegalArgumentException(
          "An operand of the arithmetic world is one digit, not " + operand + ".");
    }
  }

  /** As it stands in a chain, such as {@code +4}. */
  @Override
  public String toString() {
    return "" + operator + operand;
  }
}

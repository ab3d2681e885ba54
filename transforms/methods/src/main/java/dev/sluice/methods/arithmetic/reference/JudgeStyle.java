package dev.sluice.methods.arithmetic.reference;

import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.Operation;
import dev.sluice.records.RandomStream;

/**
 * The four ways in which the built-in judge looks at a solution, one drawn per vote. Styles {@code
 * a}, {@code c} and {@code d} recompute each line and say {@code y} iff it stands exactly so; style
 * {@code b} repeats the operation and takes the result on trust. {@code b} is the likeliest single
 * style, so a greedy judge is careless while most of its votes are not.
 */
final class JudgeStyle {
  private static final double CAREFUL_EACH = .23;
  private static final double CORRUPTED = .06;

  private JudgeStyle() {}

  /** Draws a style: a, c and d with .23 each, b with .31. */
  static char draw(RandomStream random) {
    double share = random.nextDouble();
    if (share < CAREFUL_EACH) {
      return 'a';
    }
    if (share < 2 * CAREFUL_EACH) {
      return 'c';
    }
    return share < 3 * CAREFUL_EACH ? 'd' : 'b';
  }

  /**
   * A verification of the solution in a style. A recomputation goes astray with probability .06,
   * and the verdict follows what was computed.
   */
  static String write(char style, Chain chain, String solution, RandomStream random) {
    StringBuilder text = new StringBuilder().append(style);
    long stated = chain.start();
    int index = 0;
    for (String line : ArithmeticFormat.lines(solution)) {
      StatedLine parts = StatedLine.parse(line);
      text.append(' ');
      if (parts.kind() == StatedLine.Kind.ANSWER) {
        boolean correct = index == chain.operations().size() && line.equals("#" + stated);
        return text.append(letter(correct)).toString();
      }
      if (parts.kind() == StatedLine.Kind.OTHER || index >= chain.operations().size()) {
        text.append("xn");
      } else {
        Operation operation = chain.operations().get(index);
        text.append(
            style == 'b'
                ? trusting(parts, stated, operation)
                : careful(line, stated, operation, random));
      }
      if (parts.kind() == StatedLine.Kind.STEP) {
        stated = parts.value();
      }
      index++;
    }
    return text.toString();
  }

  private static String trusting(StatedLine line, long stated, Operation operation) {
    boolean correct = line.left() == stated && line.operation().equals(operation.toString());
    return operation.toString() + letter(correct);
  }

  private static String careful(
      String line, long stated, Operation operation, RandomStream random) {
    int number = FaultySolution.clamp(Grader.apply(stated, operation));
    if (random.nextDouble() < CORRUPTED) {
      number = FaultySolution.clamp(number + FaultySolution.offset(random));
    }
    return number + "" + letter(line.equals(stated + operation.toString() + "=" + number));
  }

  private static char letter(boolean correct) {
    return correct ? 'y' : 'n';
  }
}

package dev.sluice.methods.arithmetic.reference;

import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * The truth about a solution of the arithmetic world.
 *
 * <p>A line is correct if its left side continues the value that the line before states, with the
 * problem's operation, and its arithmetic holds; the answer line if it is line operations + 1 and
 * restates the last stated value. Lines that do not parse, stand beyond the operations or follow
 * the answer are incorrect, and a missing line is incorrect at its index.
 */
public final class Grader {
  private Grader() {}

  /** What the chain comes to, from left to right. */
  public static long result(Chain chain) {
    long value = chain.start();
    for (Operation operation : chain.operations()) {
      value = apply(value, operation);
    }
    return value;
  }

  /** The correct solution, without a newline at its end. */
  public static String solution(Chain chain) {
    StringBuilder text = new StringBuilder();
    long value = chain.start();
    for (Operation operation : chain.operations()) {
      long result = apply(value, operation);
      text.append(value).append(operation).append('=').append(result).append('\n');
      value = result;
    }
    return text.append('#').append(value).toString();
  }

  /** Whether each line that the completion has is correct. */
  public static List<Boolean> lineVerdicts(Chain chain, CharSequence completion) {
    List<Boolean> verdicts = new ArrayList<>();
    int operations = chain.operations().size();
    long stated = chain.start();
    boolean answered = false;
    for (String text : ArithmeticFormat.lines(completion)) {
      int index = verdicts.size();
      StatedLine line = StatedLine.parse(text);
      boolean correct =
          switch (line.kind()) {
            case STEP -> {
              long before = stated;
              stated = line.value();
              yield !answered
                  && index < operations
                  && text.equals(step(before, chain.operations().get(index)));
            }
            case ANSWER -> !answered && index == operations && text.equals("#" + stated);
            case OTHER -> false;
          };
      answered |= line.kind() == StatedLine.Kind.ANSWER;
      verdicts.add(correct);
    }
    return List.copyOf(verdicts);
  }

  /**
   * The gold label: the index of the first incorrect line, from 0; -1 only if the completion has
   * exactly operations + 1 lines and all are correct.
   */
  public static int goldLabel(Chain chain, CharSequence completion) {
    List<Boolean> verdicts = lineVerdicts(chain, completion);
    int first = verdicts.indexOf(false);
    if (first >= 0) {
      return first;
    }
    return verdicts.size() == chain.operations().size() + 1 ? -1 : verdicts.size();
  }

  /** Whether every line is right: the gold label is -1. The mean is {@code process_accuracy}. */
  public static boolean processCorrect(Chain chain, CharSequence completion) {
    return goldLabel(chain, completion) == -1;
  }

  /**
   * Whether the last line is {@code #N}, N is what the chain comes to, and the text ends there. The
   * mean is {@code accuracy}.
   *
   * @param finished whether the completion ended by itself
   */
  public static boolean answerCorrect(Chain chain, CharSequence completion, boolean finished) {
    return finished
        && ArithmeticFormat.answer(completion)
            .filter(answer -> StatedLine.number(answer) == result(chain))
            .isPresent();
  }

  static String step(long value, Operation operation) {
    return value + operation.toString() + "=" + apply(value, operation);
  }

  static long apply(long value, Operation operation) {
    return switch (operation.operator()) {
      case '+' -> value + operation.operand();
      case '-' -> value - operation.operand();
      default -> value * operation.operand();
    };
  }
}

package dev.sluice.methods.arithmetic.reference;

import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.Operation;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes solutions with errors for a judge to learn from. Each solution errs at a rate of .03, .15,
 * .3 or .5 a line; three in ten take operations from elsewhere in the same problem, because a judge
 * that has only met operands drawn at random accepts those; values stay within 0 to 99.
 */
final class FaultySolution {
  private static final double[] RATES = {.03, .15, .3, .5};
  private static final int[] OFFSETS = {1, 2, 3, 9, 10};
  private static final String OPERATORS = "+-*";
  private static final double BORROWED = .30;
  private static final double DROPPED = .06;
  private static final double DOUBLED = .04;
  private static final double WRONG_ANSWER = .10;

  private FaultySolution() {}

  /** A solution of the chain, with errors or by luck without. */
  static String write(Chain chain, RandomStream random) {
    double rate = RATES[random.nextInt(RATES.length)];
    List<Operation> operations =
        random.nextDouble() < BORROWED ? borrow(chain.operations(), random) : chain.operations();
    List<String> lines = new ArrayList<>();
    int stated = chain.start();
    for (Operation operation : operations) {
      String line =
          random.nextDouble() < rate ? faulty(stated, operation, random) : right(stated, operation);
      lines.add(line);
      stated = (int) StatedLine.parse(line).value();
    }
    double whole = random.nextDouble();
    int at = random.nextInt(lines.size());
    if (whole < DROPPED) {
      lines.remove(at);
    } else if (whole < DROPPED + DOUBLED) {
      lines.add(at, lines.get(at));
    }
    int answer = stated;
    if (random.nextDouble() < WRONG_ANSWER) {
      answer = random.nextInt(2) == 0 ? nearby(stated, random) : another(stated, 0, 99, random);
    }
    lines.add("#" + answer);
    return String.join("\n", lines);
  }

  /** Two operations swapped, or an operator or an operand copied from one to another. */
  private static List<Operation> borrow(List<Operation> operations, RandomStream random) {
    List<Operation> borrowed = new ArrayList<>(operations);
    // Equal neighbours make some draws void; a problem of equal operations has nothing to borrow.
    for (int attempt = 0; attempt < 20 && borrowed.equals(operations); attempt++) {
      int to = random.nextInt(operations.size());
      int from = random.nextInt(operations.size());
      Operation here = operations.get(to);
      Operation there = operations.get(from);
      switch (random.nextInt(3)) {
        case 0 -> {
          borrowed.set(to, there);
          borrowed.set(from, here);
        }
        case 1 -> borrowed.set(to, new Operation(there.operator(), here.operand()));
        default -> borrowed.set(to, new Operation(here.operator(), there.operand()));
      }
    }
    return borrowed;
  }

  private static String faulty(int stated, Operation operation, RandomStream random) {
    int result = clamp(Grader.apply(stated, operation));
    double kind = random.nextDouble();
    if (kind < .50) {
      return line(stated, operation, nearby(result, random));
    }
    if (kind < .60) {
      return line(stated, operation, another(result, 0, 99, random));
    }
    if (kind < .75) {
      int operand = another(operation.operand(), 2, 9, random);
      return right(stated, new Operation(operation.operator(), operand));
    }
    if (kind < .87) {
      int shift = random.nextInt(1, OPERATORS.length() - 1);
      int index = (OPERATORS.indexOf(operation.operator()) + shift) % OPERATORS.length();
      return right(stated, new Operation(OPERATORS.charAt(index), operation.operand()));
    }
    return right(another(stated, 0, 99, random), operation);
  }

  /** A value within 0 to 99 that is off by 1, 2, 3, 9 or 10. */
  private static int nearby(int value, RandomStream random) {
    int other = value;
    while (other == value) {
      other = clamp(value + offset(random));
    }
    return other;
  }

  private static int another(int value, int low, int high, RandomStream random) {
    int other = value;
    while (other == value) {
      other = random.nextInt(low, high);
    }
    return other;
  }

  /** One of 1, 2, 3, 9, 10, up or down. */
  static int offset(RandomStream random) {
    int size = OFFSETS[random.nextInt(OFFSETS.length)];
    return random.nextInt(2) == 0 ? size : -size;
  }

  static int clamp(long value) {
    return (int) Math.max(0, Math.min(99, value));
  }

  private static String right(int stated, Operation operation) {
    return line(stated, operation, clamp(Grader.apply(stated, operation)));
  }

  private static String line(int stated, Operation operation, int result) {
    return stated + operation.toString() + "=" + result;
  }
}

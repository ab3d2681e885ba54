package dev.sluice.methods.arithmetic;

import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Draws problems of the arithmetic world: a start value uniform in 2 to 60, a number of operations
 * uniform in the range asked for, each operator one of {@code + + - - *} with an operand uniform in
 * 2 to 9, both redrawn together until the value lies within 0 to 99.
 */
public final class ChainGenerator {
  /** The fewest operations of a problem. */
  public static final int MIN_OPERATIONS = 2;

  /** The most operations of a problem. */
  public static final int MAX_OPERATIONS = 6;

  private static final String OPERATORS = "++--*";

  /** Draws in a row without a new chain after which the slice counts as used up. */
  private static final int PATIENCE = 200_000;

  private ChainGenerator() {}

  /**
   * The first {@code count} distinct problems of a slice that a seed draws, in the order in which
   * they are drawn. A larger count begins with the same problems.
   *
   * @throws IllegalArgumentException if the range of operations is not within 2 to 6, or if the
   *     slice does not hold that many problems
   */
  public static List<ChainProblem> draw(
      long seed, int count, Slice slice, int minOperations, int maxOperations) {
    return draw(seed, count, slice, minOperations, maxOperations, chain -> true);
  }

  /** As the other {@code draw}, but of the chains that are wanted alone. */
  public static List<ChainProblem> draw(
      long seed,
      int count,
      Slice slice,
      int minOperations,
      int maxOperations,
      Predicate<Chain> wanted) {
    RandomStream random = new RandomStream(seed);
    List<ChainProblem> problems = new ArrayList<>();
    Set<Chain> seen = new HashSet<>();
    int misses = 0;
    while (problems.size() < count) {
      ChainProblem problem = next(random, minOperations, maxOperations);
      Chain chain = problem.chain();
      if (Slice.of(chain) == slice && wanted.test(chain) && seen.add(chain)) {
        problems.add(problem);
        misses = 0;
      } else if (++misses == PATIENCE) {
        throw new IllegalArgumentException(
            "Drawing %d distinct problems of the slice %s with %d to %d operations: only %d were found, and %d more draws brought nothing new. Ask for fewer problems or for more operations."
                .formatted(count, slice, minOperations, maxOperations, problems.size(), PATIENCE));
      }
    }
    return List.copyOf(problems);
  }

  /** The next problem of a stream, of whatever slice. */
  public static ChainProblem next(RandomStream random, int minOperations, int maxOperations) {
    if (minOperations < MIN_OPERATIONS
        || maxOperations > MAX_OPERATIONS
        || minOperations > maxOperations) {
      throw new IllegalArgumentException(
          "A range of operations lies within %d to %d, lower end first, not %d to %d."
              .formatted(MIN_OPERATIONS, MAX_OPERATIONS, minOperations, maxOperations));
    }
    int start = random.nextInt(2, 60);
    int count = random.nextInt(minOperations, maxOperations);
    List<Operation> operations = new ArrayList<>(count);
    int value = start;
    while (operations.size() < count) {
      char operator = OPERATORS.charAt(random.nextInt(OPERATORS.length()));
      int operand = random.nextInt(2, 9);
      int result =
          switch (operator) {
            case '+' -> value + operand;
            case '-' -> value - operand;
            default -> value * operand;
          };
      if (result >= 0 && result <= 99) {
        operations.add(new Operation(operator, operand));
        value = result;
      }
    }
    return new ChainProblem(new Chain(start, operations), value);
  }
}

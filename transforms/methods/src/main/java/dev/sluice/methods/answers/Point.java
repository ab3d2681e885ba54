package dev.sluice.methods.answers;

import java.util.function.Function;

/** Values for variables, and a bound on the work that is done with them. */
final class Point {
  /** In additions; a function costs as much as {@value Functions#WORK} of them. */
  private static final int MAX_WORK = 100_000;

  private final Function<String, Scalar> values;
  private final int[] work;

  Point(Function<String, Scalar> values) {
    this(values, new int[1]);
  }

  private Point(Function<String, Scalar> values, int[] work) {
    this.values = values;
    this.work = work;
  }

  Scalar value(String name) {
    return values.apply(name);
  }

  /** The same point with another value for a name; work counts for both. */
  Point with(String name, Scalar value) {
    return new Point(each -> each.equals(name) ? value : values.apply(each), work);
  }

  /** Counts work before it is done. */
  void work(int steps) {
    work[0] += steps;
    if (work[0] > MAX_WORK) {
      throw new UndecidedException("a formula that takes too long");
    }
  }
}

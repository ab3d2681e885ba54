package dev.sluice.methods;

/** The logistic function. */
public final class Sigmoid {
  private Sigmoid() {}

  /** 1 / (1 + exp(-x)). */
  public static double of(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** -log of it: finite also where the function itself is 0. */
  public static double minusLog(double x) {
    return Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}

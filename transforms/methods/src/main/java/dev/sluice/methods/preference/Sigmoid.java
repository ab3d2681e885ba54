package dev.sluice.methods.preference;

/** The logistic function. */
final class Sigmoid {
  private Sigmoid() {}

  static double of(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** -log of it: finite also where the function itself is 0. */
  static double minusLog(double x) {
    return Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}

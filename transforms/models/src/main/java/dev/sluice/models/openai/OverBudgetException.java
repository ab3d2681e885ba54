package dev.sluice.models.openai;

/** What is left of a budget does not cover the next request. What was answered is kept. */
public final class OverBudgetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OverBudgetException(Cost worst, Cost spent) {
    super(
        "The next request may use %,d tokens and %.6f USD, and %,d tokens and %.6f USD of the budget are used: it would not hold."
            .formatted(worst.tokens(), worst.usd(), spent.tokens(), spent.usd()));
  }
}

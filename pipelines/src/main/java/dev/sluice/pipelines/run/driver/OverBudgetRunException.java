package dev.sluice.pipelines.run.driver;

/** A run stops at its budget; what is finished stays. */
final class OverBudgetRunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OverBudgetRunException(String message) {
    super(message);
  }
}

package dev.sluice.methods.reward;

/**
 * What the bounds on the number of steps do to a judgement that is read as the authors' script of
 * SPARK reads it ({@link SparkRewards.OnMismatch#SPARK}). The script's guards depend on how credit
 * reaches the tokens.
 */
public enum StepGuard {
  /** Nothing. */
  NONE,
  /** Beyond them no step has a sign. */
  SIGNS,
  /** Beyond them no step has a sign, and the outcome is incorrect. */
  OUTCOME
}

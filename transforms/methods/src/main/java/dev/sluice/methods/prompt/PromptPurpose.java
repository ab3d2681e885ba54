package dev.sluice.methods.prompt;

/** What a prompt asks for. */
public enum PromptPurpose {
  /** A verdict on each step of a solution. */
  STEPS,
  /** A verdict on a solution as a whole. */
  OUTCOME,
  /** A solution. */
  SOLUTION
}

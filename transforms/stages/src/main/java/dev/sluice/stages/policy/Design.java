package dev.sluice.stages.policy;

/** How verdicts on steps reach the tokens (METHODS 1.6, reward designs). */
public enum Design {
  /** Design 1: one reward, one advantage for all tokens. */
  PROCESS_AWARE,
  /** Design 2: 0.4 times the share of right steps plus 0.6 times y. */
  STEP_AUGMENTED,
  /** Design 3: a token keeps its advantage where its step's verdict has the same sign, else 0. */
  SELECTIVE,
  /** Design 3 with half in place of 0. */
  SELECTIVE_HALF,
  /** Design 4: 0.8 of the advantage plus 0.2 of normalised step rewards. */
  GLOBAL_STEP
}

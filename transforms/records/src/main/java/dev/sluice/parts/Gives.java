package dev.sluice.parts;

/** What a part leaves for those after it. */
public enum Gives {
  /** A reward for each response. */
  REWARD,
  /** A sign for each step of a response. */
  STEP_SIGNS,
  /** A score for each step of a response, from 0 to 1. */
  STEP_SCORES,
  /** A verdict on the whole solution. */
  OUTCOME,
  /** The text of a verification that agrees with the label. */
  VERIFICATION,
  /** A value for each token of a response. */
  TOKEN_VALUES,
  /** Pairs of a better and a worse response. */
  PAIRS
}

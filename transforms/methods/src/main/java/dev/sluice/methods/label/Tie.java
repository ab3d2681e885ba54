package dev.sluice.methods.label;

/** What becomes of a tie that decides the label. */
public enum Tie {
  /** The solution gets no label. */
  DROP,
  /** The tied verdict counts as incorrect. */
  INCORRECT,
  /** The valid vote with the lowest index decides. */
  FIRST
}

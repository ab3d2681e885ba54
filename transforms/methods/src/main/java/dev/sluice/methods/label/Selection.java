package dev.sluice.methods.label;

/** Which verification that agrees with the consensus becomes the training target. */
public enum Selection {
  /** The lowest vote index: an unbiased draw. */
  FIRST,
  /** The text written most often, lowest index among equals: prefers short, careless texts. */
  MOST_FREQUENT,
  /**
   * As {@link #FIRST}; where none agrees fully, the vote with the same first error that differs on
   * the fewest lines.
   */
  NEAREST
}

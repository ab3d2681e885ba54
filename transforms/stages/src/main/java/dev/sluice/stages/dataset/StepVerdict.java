package dev.sluice.stages.dataset;

/** What a dataset says of one step. */
public enum StepVerdict {
  /** It is right. */
  CORRECT,
  /** It is wrong. */
  INCORRECT,
  /** Nothing: it was not rated, or comes after the first wrong step that the dataset names. */
  UNKNOWN;

  /** The verdict that a truth value states. */
  public static StepVerdict of(boolean correct) {
    return correct ? CORRECT : INCORRECT;
  }
}

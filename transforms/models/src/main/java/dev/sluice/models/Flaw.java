package dev.sluice.models;

/** What is wrong with a completion that is kept nevertheless. */
public enum Flaw {
  /**
   * Its text held halves of surrogate pairs, which no text in UTF-8 can hold: U+FFFD is in their
   * place.
   */
  UNPAIRED,
  /** It has far more tokens than were asked for; it is whole, and counts as cut off. */
  OVERLONG
}

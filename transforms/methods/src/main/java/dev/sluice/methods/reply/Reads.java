package dev.sluice.methods.reply;

/** What a parser can find in a reply. */
public enum Reads {
  /** A verdict on each step. */
  STEPS,
  /** A verdict on the whole. */
  OUTCOME,
  /** A number from 0 to 1. */
  SCORE,
  /** Which of two texts is better. */
  PREFERENCE,
  /** Texts by name. */
  FIELDS,
  /** A solution, which the problem's own form reads. */
  SOLUTION
}

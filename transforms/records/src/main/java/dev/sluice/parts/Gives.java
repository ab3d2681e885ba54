package dev.sluice.parts;

/** What a part leaves for those after it. */
public enum Gives {
  /** A reward for each response. */
  REWARD("a reward"),
  /** A sign for each step of a response: correct, incorrect, unknown. */
  STEP_SIGNS("a verdict on each step"),
  /** A score for each step of a response, from 0 to 1. */
  STEP_SCORES("a score for each step"),
  /** A verdict on the whole solution. */
  OUTCOME("a verdict on the whole solution"),
  /** The text of a verification that agrees with the label. */
  VERIFICATION("the text of a verification");

  private final String words;

  Gives(String words) {
    this.words = words;
  }

  /** What it is, to follow "needs". */
  public String words() {
    return words;
  }
}

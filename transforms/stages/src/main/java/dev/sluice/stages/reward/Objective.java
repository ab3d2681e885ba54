package dev.sluice.stages.reward;

/** What a reward model learns (METHODS 1.5). */
public enum Objective {
  /** Generative with a rationale: the text of the selected verification. */
  PRM_COT,
  /** Generative without a rationale: verdicts alone. */
  PRM_TEXT,
  /** Two classes on the last token of each step; the only objective that takes soft labels. */
  PRM,
  /** One word on the whole solution. */
  ORM;

  /** Whether the model writes its verdicts. */
  public boolean generative() {
    return this != PRM;
  }
}

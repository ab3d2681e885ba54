package dev.sluice.stages.dataset;

/** What rows of a dataset can hold beside a problem. */
public enum DatasetContent {
  /** Texts that solve the problem. */
  SOLUTIONS("solutions"),
  /** Verdicts on solutions or on their steps. */
  LABELS("labels"),
  /** Pairs of which one solution is preferred. */
  PAIRS("preferences");

  private final String words;

  DatasetContent(String words) {
    this.words = words;
  }

  /** The content as a noun. */
  public String words() {
    return words;
  }
}

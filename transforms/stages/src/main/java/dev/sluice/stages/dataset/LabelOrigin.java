package dev.sluice.stages.dataset;

/** What the labels of a dataset rest on. */
public enum LabelOrigin {
  /** People: a run that uses them is not reference-free. */
  HUMANS("people labelled it"),
  /** Reference answers: a run that uses them is not reference-free. */
  REFERENCES("its labels were made with reference answers"),
  /** What the file's author says: without a word, references. */
  DECLARED("");

  private final String words;

  LabelOrigin(String words) {
    this.words = words;
  }

  /** The origin as a clause; empty if only the file's author knows. */
  public String words() {
    return words;
  }
}

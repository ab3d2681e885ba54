package dev.sluice.pipelines.run.driver;

/** A stage failed; the message says why and what to do. */
public final class StageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean mistake;

  /** With a sentence for the user. */
  public StageException(String message) {
    this(message, false);
  }

  /**
   * With a sentence for the user.
   *
   * @param mistake whether the user's file is to blame, such as for a model that does not fit
   */
  StageException(String message, boolean mistake) {
    super(message);
    this.mistake = mistake;
  }

  boolean mistake() {
    return mistake;
  }
}

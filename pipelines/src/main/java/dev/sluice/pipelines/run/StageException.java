package dev.sluice.pipelines.run;

/** A stage failed; the message says why and what to do. */
public final class StageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence for the user. */
  public StageException(String message) {
    super(message);
  }

  /** With a sentence for the user and the cause. */
  public StageException(String message, Throwable cause) {
    super(message, cause);
  }
}

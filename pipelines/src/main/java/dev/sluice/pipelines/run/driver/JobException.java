package dev.sluice.pipelines.run.driver;

/** The engine could not run a job to its end; the message says what to do. */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence for the user and the cause. */
  public JobException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With a sentence for the user. */
  public JobException(String message) {
    super(message);
  }
}

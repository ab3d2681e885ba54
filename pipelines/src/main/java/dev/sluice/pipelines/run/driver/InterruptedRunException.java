package dev.sluice.pipelines.run.driver;

/** The run was asked to stop; what is finished stays, and the next run resumes. */
public final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InterruptedRunException(String message) {
    super(message);
  }
}

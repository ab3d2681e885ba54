package dev.sluice.pipelines.plan;

/** A stage is needed that has not run; the message says what to do. */
public final class MissingStageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingStageException(String message) {
    super(message);
  }
}

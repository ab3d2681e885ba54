package dev.sluice.models.openai;

/** Replies are no longer waited for, since the run was asked to stop; those that came are kept. */
public final class StoppedCallsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppedCallsException() {
    super("The run was asked to stop, so that replies are no longer waited for.");
  }
}

package dev.sluice.methods.sandbox;

/** This machine cannot give a sandbox, so that no program is run. */
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that says why, and what to do. */
  public SandboxException(String message) {
    super(message);
  }
}

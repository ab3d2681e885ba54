package dev.sluice.runners.proof.measure;

/** The proof cannot continue; the message says what to do. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProofException(String message) {
    super(message);
  }
}

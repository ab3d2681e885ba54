package dev.sluice.runners.proof.measure;

/** Something that the proof cannot go on from; the message says what to do. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProofException(String message) {
    super(message);
  }
}

package dev.sluice.runners.proof;

/** Something that the proof cannot go on from; the message says what to do. */
final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProofException(String message) {
    super(message);
  }
}

package dev.sluice.models;

import dev.sluice.records.Printable;

/** A model that is missing, damaged, does not fit or cannot work; the message says what to do. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence for the user. */
  public ModelException(String message) {
    super(Printable.sentence(message));
  }

  /** With a sentence for the user and the cause. */
  public ModelException(String message, Throwable cause) {
    super(Printable.sentence(message), cause);
  }
}

package dev.sluice.records;

/** A condition on rows that cannot be read or does not fit the columns; the message says why. */
public final class RowFilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** With a sentence. */
  public RowFilterException(String message) {
    super(message);
  }
}

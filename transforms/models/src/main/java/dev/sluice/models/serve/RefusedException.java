package dev.sluice.models.serve;

import dev.sluice.records.Printable;

/** A request that cannot be served, with the status that says so. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  RefusedException(int status, String message) {
    super(Printable.shortened(message));
    this.status = status;
  }

  /** Of a request that is wrong. */
  RefusedException(String message) {
    this(400, message);
  }

  int status() {
    return status;
  }
}

package dev.sluice.pipelines.schedule;

import java.io.IOException;

/** A message was not delivered, and another try would change nothing. */
public final class AlertRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  /** With a sentence that holds nothing secret. */
  public AlertRefusedException(String message) {
    super(message);
  }
}

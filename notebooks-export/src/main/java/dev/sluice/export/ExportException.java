package dev.sluice.export;

import org.jspecify.annotations.Nullable;

/** A run cannot be exported as asked; the message says why and what to do. */
public final class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** For a mistake or a run that lacks something. */
  public ExportException(String message) {
    super(message);
  }

  /** For damage or a failure of the disk. */
  public ExportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

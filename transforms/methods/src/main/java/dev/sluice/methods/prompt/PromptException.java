package dev.sluice.methods.prompt;

/** A template that cannot be applied to one row: the stage goes on without it. */
public final class PromptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PromptException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.sluice.runners.cli.terminal;

/** Something that the person who typed the command can put right; the message says how. */
public final class UserMistake extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UserMistake(String message) {
    super(message);
  }
}

package dev.sluice.runners.cli;

/** Something that the person who typed the command can put right; the message says how. */
final class UserMistake extends RuntimeException {
  private static final long serialVersionUID = 1;

  UserMistake(String message) {
    super(message);
  }
}

package dev.sluice.methods.answers;

/** An expression has no value that is found within the bounds; it is compared by its text. */
final class UndecidedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UndecidedException(String why) {
    super(why, null, false, false);
  }
}

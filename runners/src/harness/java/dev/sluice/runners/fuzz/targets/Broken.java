package dev.sluice.runners.fuzz.targets;

/** What a reader promises does not hold for an input. */
public final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Broken(String message) {
    super(message);
  }

  /** Checks a promise. */
  @SuppressWarnings("AnnotateFormatMethod")
  public static void unless(boolean holds, String promise, Object... values) {
    if (!holds) {
      throw new Broken(promise.formatted(values));
    }
  }
}

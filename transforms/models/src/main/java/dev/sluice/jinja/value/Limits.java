package dev.sluice.jinja.value;

/**
 * How much one rendering may do, so that a hostile template neither hangs nor fills the memory. No
 * honest template comes near.
 */
public final class Limits {
  /** Characters of a text. */
  static final int MAX_TEXT = 16_000_000;

  /** Items of a list. */
  static final int MAX_ITEMS = 1_000_000;

  /** Macros within macros. */
  static final int MAX_CALLS = 64;

  /** Values within values. */
  static final int MAX_DEPTH = 500;

  private static final long MAX_STEPS = 10_000_000;
  private static final long MAX_MADE = 64_000_000;
  private static final int CHARACTERS_A_STEP = 64;

  private long steps;
  private long made;
  private int calls;

  /** Another piece of work on a value. */
  public void step(Object subject) {
    steps += 1 + (subject instanceof String text ? text.length() / CHARACTERS_A_STEP : 0);
    if (steps > MAX_STEPS) {
      throw new TemplateException(
          "it does not end: %,d steps are done, and more than any chat needs".formatted(MAX_STEPS));
    }
  }

  /** Counts what an operation made. */
  public <T> T made(T value) {
    if (value instanceof String text) {
      text(text.length());
      made += text.length();
    } else if (value instanceof java.util.List<?> list) {
      items(list.size());
      made += 4L * list.size();
    }
    if (made > MAX_MADE) {
      throw new TemplateException(
          "it makes more than %,d characters of text on the way".formatted(MAX_MADE));
    }
    return value;
  }

  public void enter() {
    if (++calls > MAX_CALLS) {
      throw new TemplateException("macros call each other more than %d deep".formatted(MAX_CALLS));
    }
  }

  public void leave() {
    calls--;
  }

  /** Refuses what lies too deep. */
  static void depth(int depth) {
    if (depth > MAX_DEPTH) {
      throw new TemplateException("its values are nested more than %d deep".formatted(MAX_DEPTH));
    }
  }

  /** Refuses a text before it is made. */
  public static void text(long length) {
    if (length > MAX_TEXT) {
      throw new TemplateException("a text would have more than %,d characters".formatted(MAX_TEXT));
    }
  }

  /** Refuses a list before it is made. */
  public static void items(long size) {
    if (size > MAX_ITEMS) {
      throw new TemplateException("a list would have more than %,d items".formatted(MAX_ITEMS));
    }
  }
}

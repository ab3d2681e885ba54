package dev.sluice.records;

import java.util.regex.Pattern;

/** Names that become part of a path in a workspace. */
public final class PathSegment {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private PathSegment() {}

  /** Whether a name can be part of a path. */
  public static boolean fits(String name) {
    return SEGMENT.matcher(name).matches();
  }

  /**
   * Checks a name.
   *
   * @param what it names, for the message
   * @throws IllegalArgumentException if it cannot be part of a path
   */
  public static void require(String what, String name) {
    if (!fits(name)) {
      throw new IllegalArgumentException(
          Printable.sentence(
              "The %s '%s' cannot be part of a path; letters, digits, '.', '_' and '-' can."
                  .formatted(what, name)));
    }
  }
}

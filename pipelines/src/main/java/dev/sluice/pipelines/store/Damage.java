package dev.sluice.pipelines.store;

import java.io.Serializable;

/**
 * A file that is not what it should be.
 *
 * @param path place of the file, relative to the workspace
 * @param expected what the record says, such as {@code sha256 12ab…} or {@code 100 bytes}
 * @param actual what was found, or {@code nothing}
 */
public record Damage(String path, String expected, String actual) implements Serializable {
  static final String NOTHING = "nothing";

  /** Whether there is no such file. */
  public boolean missing() {
    return actual.equals(NOTHING);
  }
}

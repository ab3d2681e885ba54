package dev.sluice.pipelines.store;

import java.time.Instant;

/**
 * A file that lies in a workspace, whether or not anything lists it.
 *
 * @param path its place, relative to the workspace
 * @param bytes its length
 * @param modified when it was last written
 */
public record StoredFile(String path, long bytes, Instant modified) {
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The part of the path at a place, from 0; empty if the path is shorter. */
  public String segment(int index) {
    String[] segments = path.split("/", -1);
    return index < segments.length ? segments[index] : "";
  }
}

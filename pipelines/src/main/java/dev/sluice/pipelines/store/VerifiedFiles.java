package dev.sluice.pipelines.store;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that one process found to have the hash that they should have. Stores come and go with the
 * units of a worker, so they share one.
 */
public final class VerifiedFiles {
  private static final int MAX_KNOWN = 100_000;

  private final Set<Known> whole = ConcurrentHashMap.newKeySet();

  /** A file that was found to have this hash. */
  record Known(Path file, String sha256, long bytes, FileTime modified) {}

  boolean contains(Known file) {
    return whole.contains(file);
  }

  void add(Known file) {
    if (whole.size() >= MAX_KNOWN) {
      whole.clear();
    }
    whole.add(file);
  }
}

package dev.sluice.models.directory;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a folder lies that an adapter of a workspace names by its absolute path, after the
 * workspace was copied or moved: at the same place of the workspace that the adapter is in. PEFT
 * wants the absolute path, since it counts a relative one from the current folder.
 */
final class CopiedPlace {
  /** What a workspace keeps artifacts in. */
  private static final Path ARTIFACTS = Path.of("artifacts");

  private CopiedPlace() {}

  /**
   * The place in the adapter's own workspace, if there is such a folder; else the place itself.
   *
   * @param adapter folder of the adapter
   * @param named absolute path that the adapter names
   */
  static Path of(Path adapter, Path named) {
    for (Path own = adapter.toAbsolutePath().normalize(); own != null; own = own.getParent()) {
      if (!ARTIFACTS.equals(own.getFileName())) {
        continue;
      }
      for (int i = named.getNameCount() - 2; i >= 0; i--) {
        if (named.getName(i).equals(ARTIFACTS)) {
          Path copied = own.resolve(named.subpath(i + 1, named.getNameCount()));
          if (Files.isDirectory(copied)) {
            return copied;
          }
        }
      }
    }
    return named;
  }
}

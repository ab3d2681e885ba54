package dev.sluice.pipelines.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * Copies of remote files on this machine. Remote names are never used twice for different content,
 * so a copy with the length and time of its original is up to date.
 */
final class ReadCache {
  private static final int LOCKS = 64;

  private final String address;
  private final LocalFileStore copies;
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  /** Writes the content of a remote file to a file of this machine. */
  interface Download {
    void to(Path file) throws IOException;
  }

  /**
   * A cache.
   *
   * @param address of the workspace, for messages
   * @param copies where the copies lie
   */
  ReadCache(String address, LocalFileStore copies) {
    this.address = address;
    this.copies = copies;
  }

  /**
   * Copies a file unless its copy is up to date; threads that need the same file wait for one copy.
   *
   * @param original length and time of the remote file
   */
  void bring(String path, Metadata original, Download download) throws IOException {
    Path file = copies.local(path);
    synchronized (locks[Math.floorMod(path.hashCode(), LOCKS)]) {
      if (isCopy(file, original)) {
        return;
      }
      Path parent = copies.folder(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
      Path temporary =
          parent.resolve(file.getFileName() + LocalFileStore.TEMPORARY + UUID.randomUUID());
      try {
        download.to(temporary);
        long bytes = Files.size(temporary);
        if (bytes != original.sizeBytes()) {
          throw new IOException(
              "%s/%s gave %d of its %d bytes"
                  .formatted(address, path, bytes, original.sizeBytes()));
        }
        Files.setLastModifiedTime(temporary, FileTime.fromMillis(original.lastModifiedMillis()));
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private static boolean isCopy(Path file, Metadata original) throws IOException {
    try {
      BasicFileAttributes copy = Files.readAttributes(file, BasicFileAttributes.class);
      return copy.size() == original.sizeBytes()
          && copy.lastModifiedTime().toMillis() == original.lastModifiedMillis();
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}

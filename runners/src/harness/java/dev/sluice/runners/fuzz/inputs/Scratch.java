package dev.sluice.runners.fuzz.inputs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the files that a reader reads, in memory where the machine has such a place. */
public final class Scratch {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path folder;
  private long used;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  public static Scratch create() {
    try {
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "sluice-fuzz-")
              : Files.createTempDirectory("sluice-fuzz-");
      Scratch scratch = new Scratch(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(scratch::remove));
      return scratch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** A name that was not used before: some readers keep what they know of a path. */
  public Path fresh(String ending) {
    return folder.resolve(used++ + ending);
  }

  /** A new folder in it. */
  public Path freshFolder() throws IOException {
    return Files.createDirectory(fresh(""));
  }

  private void remove() {
    remove(folder);
  }

  /** Removes a folder and what is in it. */
  public static void remove(Path place) {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

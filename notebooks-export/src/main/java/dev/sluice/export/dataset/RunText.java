package dev.sluice.export.dataset;

import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Texts in a run's folder that an export can do without. */
final class RunText {
  private RunText() {}

  /** A file's text; empty if it is missing, damaged or no file at all. */
  static Optional<String> of(Path run, String name) {
    Path file = run.resolve(name);
    try {
      RegularFiles.check(file);
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      // 'sluice verify' tells of it; the rows do not depend on it.
      return Optional.empty();
    }
  }
}

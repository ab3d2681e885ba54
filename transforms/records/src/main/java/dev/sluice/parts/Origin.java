package dev.sluice.parts;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Where classes come from. */
final class Origin {
  private Origin() {}

  /** The jar or folder of a class; empty if its loader does not say. */
  static Optional<Path> of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** A class with its jar, for a message: {@code dev.example.Mine (mine.jar)}. */
  static String words(Class<?> type) {
    return type.getName() + of(type).map(path -> " (" + path.getFileName() + ")").orElse("");
  }
}

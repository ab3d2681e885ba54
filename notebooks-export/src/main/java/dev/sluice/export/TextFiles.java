package dev.sluice.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of text. */
final class TextFiles {
  private TextFiles() {}

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be written.".formatted(file), e);
    }
  }
}

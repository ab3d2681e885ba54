package dev.sluice.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of text, and folders. */
public final class TextFiles {
  private TextFiles() {}

  /** Writes a file. */
  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be written.".formatted(file), e);
    }
  }

  /** Removes a folder that holds nothing. */
  public static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // It holds files.
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s cannot be removed.".formatted(folder), e);
    }
  }
}

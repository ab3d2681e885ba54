package dev.sluice.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small files of text, and folders. */
public final class TextFiles {
  private TextFiles() {}

  /** Writes a file, which is whole or as it was. */
  public static void write(Path file, String text) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.writeString(partial, text);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
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

package dev.sluice.records;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files that can be read to an end: neither a pipe, which may never have a writer, nor a device,
 * which may never end.
 */
public final class RegularFiles {
  private RegularFiles() {}

  /**
   * Checks what a path names, links followed. What is not there, or is a folder, is left to the one
   * who opens it.
   *
   * @throws IOException if it is a pipe, a socket or a device; its message is the rest of a
   *     sentence that begins with the path
   */
  public static void check(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(path)
        && Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
      throw new IOException(
          "it is a pipe, a socket or a device, and only regular files are read; copy its content into a file");
    }
  }

  /** Why a file cannot be read or written, as the end of a sentence and without a class's name. */
  public static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (e instanceof AccessDeniedException) {
      return "access is denied; check its owner and permissions";
    }
    if (e instanceof CharacterCodingException) {
      return "its bytes are no text in UTF-8";
    }
    String said = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
    return said == null || said.isBlank() ? "the file system gives no reason" : said;
  }

  /**
   * Reads a whole file.
   *
   * @param most bytes that such a file has at the most
   * @throws NoSuchFileException if it is not there
   * @throws IOException if it is special, or has more bytes, or cannot be read
   */
  public static byte[] bytes(Path path, long most) throws IOException {
    check(path);
    long size = Files.size(path);
    if (size > most) {
      throw new IOException(
          "it has %d bytes, and such a file has at most %d".formatted(size, most));
    }
    return Files.readAllBytes(path);
  }
}

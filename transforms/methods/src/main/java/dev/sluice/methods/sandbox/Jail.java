package dev.sluice.methods.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The temporary folder of one run: what goes into the sandbox and what comes out. */
final class Jail implements AutoCloseable {
  private static final String OPEN = "rwxr-xr-x";
  private static final int MAX_LINE = 300;
  private static final int MAX_END = 4000;

  private final Path folder;

  /** Makes the folder with the files that the program finds. */
  Jail(Map<String, String> files, String input) {
    try {
      folder = Files.createTempDirectory("sluice-sandbox");
    } catch (IOException e) {
      throw failed(e);
    }
    try {
      // The program runs as another user where this one is root.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OPEN));
      for (String name : new String[] {"in", "root"}) {
        Files.setPosixFilePermissions(
            Files.createDirectory(folder.resolve(name)), PosixFilePermissions.fromString(OPEN));
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        write("in/" + file.getKey(), file.getValue(), "rw-r--r--");
      }
      write("input", input, "rw-r--r--");
      write("status", "", "rw-rw-rw-");
    } catch (IOException e) {
      close();
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(
        "Making the folder of a sandbox in %s failed; free some space there, or set TMPDIR."
            .formatted(System.getProperty("java.io.tmpdir")),
        e);
  }

  private void write(String name, String text, String permissions) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** The content of a file, which no limit lets grow beyond that of a file. */
  String read(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
  }

  /** The end of a file: several processes may write their last words at the same time. */
  String end(String name) throws IOException {
    String text = read(name);
    return text.substring(Math.max(0, text.length() - MAX_END));
  }

  /** The last line of a file that is not blank, shortened; empty if there is none. */
  String lastLine(String name) throws IOException {
    String last =
        read(name).lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    return last.length() > MAX_LINE ? last.substring(0, MAX_LINE) : last;
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Removing the folder %s of a sandbox.".formatted(folder), e);
    }
  }
}

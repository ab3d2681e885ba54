package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.store.Mirror;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Small JSON files that one process writes while others read them: whole, or not there. Those of a
 * workspace elsewhere are written and read there.
 */
public final class RunFiles {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private RunFiles() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Replaces the file in one step; the object carries its hash. */
  public static void write(Path file, ObjectNode content) {
    write(file, RunSeal.seal(content).toPrettyString() + "\n");
  }

  /** Replaces the file in one step. */
  public static void write(Path file, String content) {
    Optional<Mirror> mirror = Mirror.around(file);
    if (mirror.isPresent()) {
      try {
        mirror.get().write(file, content.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw cannotWrite(file, e);
      }
      return;
    }
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Adds a line; it carries its hash. */
  static void append(Path file, ObjectNode line) {
    try {
      String text = MAPPER.writeValueAsString(RunSeal.seal(line)) + "\n";
      Optional<Mirror> mirror = Mirror.around(file);
      if (mirror.isPresent()) {
        mirror.get().append(file, text);
        return;
      }
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** The file's content; null if it is not there or not whole. */
  static @Nullable public JsonNode read(Path file) {
    return RunFile.read(file).json();
  }

  /** The lines of a file that are whole; none if it is not there. */
  static List<JsonNode> lines(Path file) {
    return RunFile.read(file).lines().whole();
  }

  /** The file's text; null if it is not there, cannot be read or is no text. */
  static @Nullable String text(Path file) {
    return RunFile.read(file).text();
  }

  /** When the file was written, in microseconds since 1970; 0 if it is not there. */
  static long changed(Path file) {
    try {
      Optional<Mirror> mirror = Mirror.around(file);
      if (mirror.isPresent()) {
        return mirror.get().modified(file).map(time -> time.toEpochMilli() * 1000).orElse(0L);
      }
      return Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw cannotRead("file", file, e);
    }
  }

  /** Whether the file is there. */
  public static boolean exists(Path file) {
    try {
      Optional<Mirror> mirror = Mirror.around(file);
      return mirror.isPresent() ? mirror.get().exists(file) : Files.exists(file);
    } catch (IOException e) {
      throw cannotRead("file", file, e);
    }
  }

  /** Removes the file; nothing if it is not there. */
  static void delete(Path file) {
    try {
      Optional<Mirror> mirror = Mirror.around(file);
      if (mirror.isPresent()) {
        mirror.get().delete(file);
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The file %s cannot be removed; look at the permissions of the workspace."
              .formatted(Mirror.name(file)),
          e);
    }
  }

  /** Brings a file that somebody else writes, such as a log, to a workspace elsewhere. */
  static void publish(Path file) {
    try {
      Optional<Mirror> mirror = Mirror.around(file);
      if (mirror.isPresent()) {
        mirror.get().publish(file);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** What is in a folder, by name; empty if there is no such folder. */
  static List<Path> files(Path folder) {
    return below(folder, 1);
  }

  /** The JSON files of a folder, by name; empty if there is no such folder. */
  public static List<Path> list(Path folder) {
    return below(folder, 1).stream()
        .filter(file -> !file.getFileName().toString().startsWith("."))
        .filter(file -> file.getFileName().toString().endsWith(".json"))
        .toList();
  }

  /** The folders in a folder, by name; those that hold a file of the given name left out. */
  static List<Path> folders(Path folder, String without) {
    if (Mirror.around(folder).isEmpty()) {
      return below(folder, 1).stream()
          .filter(Files::isDirectory)
          .filter(each -> !Files.exists(each.resolve(without)))
          .toList();
    }
    Set<Path> found = new TreeSet<>();
    Set<Path> left = new HashSet<>();
    for (Path file : below(folder, Integer.MAX_VALUE)) {
      Path each = folder.resolve(folder.relativize(file).getName(0));
      found.add(each);
      if (file.equals(each.resolve(without))) {
        left.add(each);
      }
    }
    found.removeAll(left);
    return List.copyOf(found);
  }

  /** What is in a folder, by name. */
  private static List<Path> below(Path folder, int depth) {
    try {
      Optional<Mirror> mirror = Mirror.around(folder);
      if (mirror.isPresent()) {
        int most = depth == 1 ? folder.getNameCount() + 1 : Integer.MAX_VALUE;
        return mirror.get().tree(folder).stream()
            .filter(file -> file.getNameCount() <= most)
            .sorted()
            .toList();
      }
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      try (Stream<Path> files = Files.list(folder)) {
        return files.sorted().toList();
      }
    } catch (IOException e) {
      throw cannotRead("folder", folder, e);
    }
  }

  private static UncheckedIOException cannotRead(String what, Path path, IOException cause) {
    return new UncheckedIOException(
        "The %s %s cannot be read.".formatted(what, Mirror.name(path)), cause);
  }

  private static UncheckedIOException cannotWrite(Path file, IOException cause) {
    return new UncheckedIOException(
        "The file %s cannot be written (%s). Free space or choose another folder with --workspace; finished work stays and the next run resumes it."
            .formatted(Mirror.name(file), cause.getMessage()),
        cause);
  }
}

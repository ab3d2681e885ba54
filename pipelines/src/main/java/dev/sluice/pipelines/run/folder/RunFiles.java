package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.store.WorkspacePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small JSON files that one process writes while others read them: whole, or not there. */
public final class RunFiles {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private RunFiles() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Replaces the file in one step; the object carries its hash. */
  public static void write(WorkspacePath file, ObjectNode content) {
    write(file, RunSeal.seal(content).toPrettyString() + "\n");
  }

  /** Replaces the file in one step. */
  public static void write(WorkspacePath file, String content) {
    try {
      file.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Adds a line; it carries its hash. */
  static void append(WorkspacePath file, ObjectNode line) {
    try {
      String text = MAPPER.writeValueAsString(RunSeal.seal(line)) + "\n";
      file.append(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** The file's content; null if it is not there or not whole. */
  public static @Nullable JsonNode read(WorkspacePath file) {
    return RunFile.read(file).json();
  }

  /** The lines of a file that are whole; none if it is not there. */
  static List<JsonNode> lines(WorkspacePath file) {
    return RunFile.read(file).lines().whole();
  }

  /** The file's text; null if it is not there, cannot be read or is no text. */
  static @Nullable String text(WorkspacePath file) {
    return RunFile.read(file).text();
  }

  /** When the file was written, in microseconds since 1970; 0 if it is not there. */
  static long changed(WorkspacePath file) {
    try {
      return file.modified().map(time -> ChronoUnit.MICROS.between(Instant.EPOCH, time)).orElse(0L);
    } catch (IOException e) {
      throw cannotRead("file", file, e);
    }
  }

  /** Whether the file is there. */
  public static boolean exists(WorkspacePath file) {
    try {
      return file.exists();
    } catch (IOException e) {
      throw cannotRead("file", file, e);
    }
  }

  /** Removes the file; nothing if it is not there. */
  static void delete(WorkspacePath file) {
    try {
      file.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The file %s cannot be removed; look at the permissions of the workspace."
              .formatted(file),
          e);
    }
  }

  /** Uploads what was written to the local path, such as a log. */
  static void publish(WorkspacePath file) {
    try {
      file.publish();
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** What is in a folder, by name; empty if there is no such folder. */
  static List<WorkspacePath> files(WorkspacePath folder) {
    try {
      return folder.list().stream().map(folder::resolve).toList();
    } catch (IOException e) {
      throw cannotRead("folder", folder, e);
    }
  }

  /** The JSON files of a folder, by name; empty if there is no such folder. */
  public static List<WorkspacePath> list(WorkspacePath folder) {
    return files(folder).stream()
        .filter(file -> !file.fileName().startsWith(".") && file.fileName().endsWith(".json"))
        .toList();
  }

  /** The folders in a folder, by name; those that hold a file of the given name left out. */
  static List<WorkspacePath> folders(WorkspacePath folder, String without) {
    try {
      return folder.workspace().files().foldersWithout(without, folder.path()).stream()
          .map(folder::resolve)
          .toList();
    } catch (IOException e) {
      throw cannotRead("folder", folder, e);
    }
  }

  private static UncheckedIOException cannotRead(
      String what, WorkspacePath path, IOException cause) {
    return new UncheckedIOException("The %s %s cannot be read.".formatted(what, path), cause);
  }

  private static UncheckedIOException cannotWrite(WorkspacePath file, IOException cause) {
    return new UncheckedIOException(
        "The file %s cannot be written (%s). Free space or choose another folder with --workspace; finished work stays and the next run resumes it."
            .formatted(file, cause.getMessage()),
        cause);
  }
}

package dev.sluice.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Small JSON files that one process writes while others read them: whole, or not there. */
final class RunFiles {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private RunFiles() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Replaces the file in one step. */
  static void write(Path file, JsonNode content) {
    write(file, content.toPrettyString() + "\n");
  }

  /** Replaces the file in one step. */
  static void write(Path file, String content) {
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

  /** Adds a line. */
  static void append(Path file, JsonNode line) {
    try {
      Files.writeString(
          file,
          MAPPER.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** The file's content; null if it is not there or not whole. */
  static @Nullable JsonNode read(Path file) {
    String text = text(file);
    try {
      return text == null ? null : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The lines of a file that are whole; none if it is not there. */
  static List<JsonNode> lines(Path file) {
    String text = text(file);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text == null ? new String[0] : text.split("\n", -1)) {
      try {
        if (!line.isBlank()) {
          lines.add(MAPPER.readTree(line));
        }
      } catch (JsonProcessingException e) {
        // The process ended while it wrote the line.
      }
    }
    return lines;
  }

  /** The file's text; null if it is not there or no text. */
  static @Nullable String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException | CharacterCodingException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be read.".formatted(file), e);
    }
  }

  /** When the file was written, in microseconds since 1970; 0 if it is not there. */
  static long changed(Path file) {
    try {
      return Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be read.".formatted(file), e);
    }
  }

  /** The JSON files of a folder, by name; empty if there is no such folder. */
  static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .filter(file -> file.getFileName().toString().endsWith(".json"))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s cannot be read.".formatted(folder), e);
    }
  }

  private static UncheckedIOException cannotWrite(Path file, IOException cause) {
    return new UncheckedIOException(
        "The file %s cannot be written (%s). Free space or choose another folder with --workspace; finished work stays and the next run resumes it."
            .formatted(file, cause.getMessage()),
        cause);
  }
}

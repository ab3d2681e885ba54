package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.pipelines.store.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of a run's folder as it was found; nothing about it is thrown.
 *
 * @param text its text; null if it is not there or cannot be read
 * @param problem what is wrong with it, as the rest of a sentence; null if nothing is or it is not
 *     there
 */
record RunFile(@Nullable String text, @Nullable String problem) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A file of JSON lines: those that are whole, and what is wrong with the others. */
  record Lines(List<JsonNode> whole, @Nullable String problem, boolean cut) {}

  /** Reads a file of text. */
  static RunFile read(WorkspacePath file) {
    try {
      byte[] content = content(file);
      return content == null
          ? new RunFile(null, null)
          : new RunFile(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString(),
              null);
    } catch (CharacterCodingException e) {
      return new RunFile(null, "is damaged: it is not text in UTF-8");
    } catch (IOException e) {
      return new RunFile(
          null,
          isFolder(file)
              ? "is a folder, not a file"
              : "cannot be read (%s)".formatted(StoreException.reason(e)));
    }
  }

  private static boolean isFolder(WorkspacePath file) {
    try {
      return file.isFolder();
    } catch (IOException e) {
      return false;
    }
  }

  private static byte @Nullable [] content(WorkspacePath file) throws IOException {
    Optional<byte[]> content = file.read();
    if (content.isEmpty()
        && !file.workspace().isRemote()
        && Files.exists(file.local(), LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          Files.isSymbolicLink(file.local()) ? "it is a link to nothing" : "it is no plain file");
    }
    return content.orElse(null);
  }

  /** Whether there is nothing under the name. */
  boolean isAbsent() {
    return text == null && problem == null;
  }

  /** The JSON object that it holds; null if it holds none, or not what was written. */
  @Nullable JsonNode json() {
    try {
      JsonNode json = text == null ? null : MAPPER.readTree(text);
      return json == null || !json.isObject() ? null : RunSeal.open(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** What is wrong with it as a JSON object. */
  @Nullable String jsonProblem() {
    if (problem != null || text == null) {
      return problem;
    }
    if (text.isBlank()) {
      return "is empty";
    }
    return json() == null ? "is damaged: its content is not what was written" : null;
  }

  /** Its lines of JSON. */
  Lines lines() {
    List<JsonNode> whole = new ArrayList<>();
    if (text == null) {
      return new Lines(whole, problem, false);
    }
    String[] lines = text.split("\n", -1);
    String first = null;
    for (int i = 0; i < lines.length; i++) {
      JsonNode line = lines[i].isBlank() ? null : new RunFile(lines[i], null).json();
      if (line != null) {
        whole.add(line);
      } else if (i == lines.length - 1 && !lines[i].isBlank()) {
        return new Lines(
            whole, first == null ? "ends within line %d".formatted(i + 1) : first, first == null);
      } else if (first == null && i < lines.length - 1) {
        first = "is damaged at line %d".formatted(i + 1);
      }
    }
    return new Lines(whole, whole.isEmpty() && first == null ? "is empty" : first, false);
  }
}

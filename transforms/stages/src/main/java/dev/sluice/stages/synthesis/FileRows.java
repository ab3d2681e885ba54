package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.sluice.records.ParquetRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a JSONL, CSV or Parquet file, one after another. */
final class FileRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FileRows() {}

  /** One row: an object whose fields are reached by name, a dot for a field within a field. */
  record Row(JsonNode object) {
    /** A row without any field. */
    static final Row EMPTY = new Row(JSON.createObjectNode());

    /** A field as text; null if it is absent or null. */
    @Nullable String text(String path) {
      JsonNode node = find(path);
      return node == null || node.isNull()
          ? null
          : node.isValueNode() ? node.asText() : node.toString();
    }

    /** A field as a truth value; null if it is absent or anything else. */
    @Nullable Boolean truth(String path) {
      String text = text(path);
      if (text == null) {
        return null;
      }
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "1", "yes" -> true;
        case "false", "0", "no" -> false;
        default -> null;
      };
    }

    private @Nullable JsonNode find(String path) {
      JsonNode whole = object.get(path);
      if (whole != null) {
        return whole;
      }
      JsonNode node = object;
      for (String name : path.split("\\.", -1)) {
        node = node == null ? null : node.get(name);
      }
      return node;
    }

    @Override
    public String toString() {
      String text = object.toString();
      return text.length() > 4000 ? text.substring(0, 4000) : text;
    }
  }

  /** Takes a row and its index, from 0. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(Row row, int index);
  }

  /** The number of rows that a source reads. */
  static int count(ProblemSource.File source) {
    int[] count = new int[1];
    int limit = source.limit() == null ? Integer.MAX_VALUE : source.limit();
    forEach(Path.of(source.path()), limit, (row, index) -> count[0]++);
    return count[0];
  }

  /**
   * Hands on the first {@code limit} rows in order.
   *
   * @throws IllegalArgumentException if the file is missing, of an unknown kind or broken at a line
   */
  static void forEach(Path file, int limit, RowConsumer consumer) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "Reading rows: there is no file '%s'. Check the source's path.".formatted(file));
    }
    RecentRows.forEach(file, limit, consumer);
  }

  /** Reads the rows from the file itself. */
  static void parse(Path file, int limit, RowConsumer consumer) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        lines(file, limit, consumer);
      } else if (name.endsWith(".csv")) {
        csv(file, limit, consumer);
      } else if (name.endsWith(".parquet")) {
        parquet(file, limit, consumer);
      } else {
        throw new IllegalArgumentException(
            "Reading rows of '%s': the ending tells the kind of file, and is .jsonl, .csv or .parquet."
                .formatted(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Reading rows of '" + file + "' failed: " + e.getMessage(), e);
    }
  }

  private static void lines(Path file, int limit, RowConsumer consumer) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      int index = 0;
      for (String line = reader.readLine();
          line != null && index < limit;
          line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        JsonNode object;
        try {
          object = JSON.readTree(line);
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException(
              "Reading rows of '%s': line %d is not JSON (%s)."
                  .formatted(file, number, e.getOriginalMessage()),
              e);
        }
        consumer.accept(new Row(object), index++);
      }
    }
  }

  private static void csv(Path file, int limit, RowConsumer consumer) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file.toFile())) {
      for (int index = 0; index < limit && rows.hasNextValue(); index++) {
        consumer.accept(new Row(JSON.valueToTree(rows.nextValue())), index);
      }
    }
  }

  private static void parquet(Path file, int limit, RowConsumer consumer) {
    int[] index = new int[1];
    ParquetRows.forEach(
        file,
        row -> {
          consumer.accept(new Row(JSON.valueToTree(row)), index[0]++);
          return index[0] < limit;
        });
  }
}

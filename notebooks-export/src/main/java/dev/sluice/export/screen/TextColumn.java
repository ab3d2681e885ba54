package dev.sluice.export.screen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.sluice.export.ExportException;
import dev.sluice.records.Printable;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.json.JsonFault;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.records.parquet.TableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One column of a JSONL, CSV or Parquet file as texts. */
final class TextColumn {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String column;
  private final Consumer<String> consumer;
  private List<String> fields = List.of();
  private int rows;
  private int found;
  private int texts;

  private TextColumn(Path file, String column, Consumer<String> consumer) {
    this.file = file;
    this.column = column;
    this.consumer = consumer;
  }

  /**
   * Hands on the text of every row; that of a row without one is empty.
   *
   * @throws ExportException if the file cannot be used
   */
  static void forEach(Path file, String column, Consumer<String> consumer) {
    new TextColumn(file, column, consumer).read();
  }

  private void read() {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    try {
      RegularFiles.check(file);
      if (!Files.exists(file)) {
        throw failed("it is not there. Check the path", null);
      }
      if (Files.isDirectory(file)) {
        throw failed("it is a folder. Name a file in it", null);
      }
      if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        lines();
      } else if (name.endsWith(".csv")) {
        csv();
      } else if (name.endsWith(".parquet")) {
        parquet();
      } else {
        throw failed(
            "its ending tells the kind of file, and is .jsonl, .csv or .parquet. Rename or convert it",
            null);
      }
    } catch (IOException e) {
      throw failed(RegularFiles.why(e) + ". Check the file", e);
    }
    check();
  }

  private void check() {
    if (rows == 0) {
      throw failed("it has no rows. Name a file with the texts to keep out", null);
    }
    if (found == 0) {
      throw failed(
          "none of its %d rows has a field '%s'; the first row has: %s. Name the column that holds the text"
              .formatted(rows, column, String.join(", ", fields)),
          null);
    }
    if (texts == 0) {
      throw failed(
          "the field '%s' is empty in all of its %d rows. Name the column that holds the text"
              .formatted(column, rows),
          null);
    }
  }

  private void lines() throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String json = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!json.isBlank()) {
          row(json, number);
        }
      }
    }
  }

  private void row(String json, int number) {
    JsonNode row;
    try {
      row = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw failed(
          "line %d is not JSON (%s). Mend or remove the line".formatted(number, JsonFault.words(e)),
          e);
    }
    if (!row.isObject()) {
      throw failed(
          "line %d is not an object of fields such as {\"question\": \"...\"}. Mend or remove the line"
              .formatted(number),
          null);
    }
    take(row);
  }

  private void csv() throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        MappingIterator<Map<String, String>> lines =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readValues(bytes)) {
      while (lines.hasNextValue()) {
        take(JSON.valueToTree(lines.nextValue()));
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
      throw failed(
          "%s cannot be read as CSV (%s). Mend the file, or write it as JSONL"
              .formatted(line < 1 ? "a line" : "line " + line, JsonFault.words(e)),
          e);
    }
  }

  private void parquet() {
    try {
      ParquetRows.forEach(
          file,
          row -> {
            take(JSON.valueToTree(row));
            return true;
          });
    } catch (TableException e) {
      throw new ExportException(
          "The texts to keep out cannot be read: %s".formatted(e.getMessage()), e);
    }
  }

  private void take(JsonNode row) {
    if (rows++ == 0) {
      List<String> names = new ArrayList<>();
      row.fieldNames().forEachRemaining(names::add);
      fields = names;
    }
    JsonNode value = find(row);
    found += value == null ? 0 : 1;
    String text =
        value == null || value.isNull()
            ? ""
            : value.isValueNode() ? value.asText() : value.toString();
    texts += text.isBlank() ? 0 : 1;
    consumer.accept(text);
  }

  /** The field of a row by its whole name, else by names with dots between them. */
  private @Nullable JsonNode find(JsonNode row) {
    JsonNode node = row.get(column);
    if (node == null) {
      node = row;
      for (String name : column.split("\\.", -1)) {
        node = node == null ? null : node.get(name);
      }
    }
    return node;
  }

  /** A failure with the file before it and a full stop after it. */
  private ExportException failed(String why, @Nullable Exception cause) {
    return new ExportException(
        Printable.sentence(
            "The texts to keep out cannot be read from '%s': %s.".formatted(file, why)),
        cause);
  }
}

package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.sluice.records.Printable;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.json.JsonFault;
import dev.sluice.records.parquet.FileFields;
import dev.sluice.records.parquet.ParquetRows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a JSONL, CSV or Parquet file as lines of JSON, so that they can be read from any row
 * on. Rows of CSV and Parquet, which cannot, are copied into such lines first.
 */
final class FileRows implements AutoCloseable {
  // Decimals keep all their digits on the way in and out.
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final int SHOWN = 40;

  private final Path file;
  private final FileChannel lines;
  private final @Nullable FileFields fields;
  private final boolean tolerant;

  private FileRows(Path file, FileChannel lines, @Nullable FileFields fields) {
    this(file, lines, fields, false);
  }

  private FileRows(Path file, FileChannel lines, @Nullable FileFields fields, boolean tolerant) {
    this.file = file;
    this.lines = lines;
    this.fields = fields;
    this.tolerant = tolerant;
  }

  /** The same file, read so that a broken line is a row with a fault. */
  FileRows tolerant() {
    return new FileRows(file, lines, fields, true);
  }

  /**
   * Takes a row, its index from 0 and the byte at which its line begins; false ends the reading.
   */
  @FunctionalInterface
  interface RowConsumer {
    boolean accept(FileRow row, int index, long begin);
  }

  /**
   * Opens a file.
   *
   * @param limit most rows that are read of it
   * @throws IllegalArgumentException if the file is missing or of an unknown kind
   */
  static FileRows open(Path file, int limit) {
    try {
      RegularFiles.check(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Reading rows of '%s': %s.".formatted(file, e.getMessage()), e);
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "Reading rows: there is no file '%s'. Check the source's path.".formatted(file));
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        return new FileRows(file, FileChannel.open(file), null);
      }
      if (name.endsWith(".csv")) {
        List<String> header = new ArrayList<>();
        FileChannel copy = copy(rows -> csv(file, limit, header, rows));
        return new FileRows(file, copy, FileFields.flat(header));
      }
      if (name.endsWith(".parquet")) {
        FileFields fields = ParquetRows.fields(file);
        return new FileRows(file, copy(rows -> parquet(file, limit, rows)), fields);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
    throw new IllegalArgumentException(
        "Reading rows of '%s': the ending tells the kind of file, and is .jsonl, .csv or .parquet."
            .formatted(file));
  }

  /** The fields that the format fixes for all rows; null of JSONL, where each row has its own. */
  @Nullable FileFields fields() {
    return fields;
  }

  /**
   * Hands on rows in order, as long as the consumer wants more.
   *
   * @param index of the row whose line begins at the byte
   * @param begin a byte at which a line begins
   * @throws IllegalArgumentException if a line is broken and this reader is not tolerant
   */
  void forEach(int index, long begin, RowConsumer consumer) {
    forEach(index, begin, 1, consumer);
  }

  /**
   * The same from a line that is not the file's first.
   *
   * @param first number of the line that begins at the byte, from 1
   */
  void forEach(int index, long begin, int first, RowConsumer consumer) {
    Lines reader = new Lines(lines, begin);
    try {
      int next = index;
      int number = first;
      for (byte[] line = reader.next(); line != null; line = reader.next(), number++) {
        if (!blank(line)) {
          // Lines of a copy are not those of the file.
          String place = fields == null ? "line " + number : "row %d (from 0)".formatted(next);
          if (!consumer.accept(row(line, number, place), next++, reader.begin())) {
            return;
          }
        }
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private FileRow row(byte[] line, int number, String place) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      JsonNode value = JSON.readTree(parser);
      if (value == null || !value.isObject()) {
        return broken(
            line,
            number,
            place,
            "is %s, not an object of fields such as {\"question\": \"...\"}"
                .formatted(
                    value == null ? "empty" : value.getNodeType().name().toLowerCase(Locale.ROOT)),
            null);
      }
      int end = (int) Math.max(0, parser.currentLocation().getByteOffset());
      String rest = new String(line, end, line.length - end, StandardCharsets.UTF_8);
      if (!rest.isBlank()) {
        String shown = rest.strip();
        return broken(
            line,
            number,
            place,
            "goes on after its first value, which ends at byte %d: '%s'; a row has a line of its own"
                .formatted(end, shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown),
            null);
      }
      return new FileRow(value, number, place, null);
    } catch (NumberFormatException e) {
      return broken(line, number, place, "holds a number whose exponent is out of any range", e);
    } catch (JsonProcessingException e) {
      return broken(line, number, place, "is not JSON (" + JsonFault.words(e) + ")", e);
    }
  }

  /** A row with a fault, or the fault itself where a broken line ends the reading. */
  private FileRow broken(
      byte[] line, int number, String place, String what, @Nullable Exception cause) {
    if (tolerant) {
      String text = new String(line, StandardCharsets.UTF_8);
      return new FileRow(TextNode.valueOf(text), number, place, Printable.sentence(what));
    }
    throw new IllegalArgumentException(
        Printable.sentence("Reading rows of '%s': %s %s.".formatted(file, place, what)), cause);
  }

  private static boolean blank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Writes rows. */
  private interface Copying {
    void into(SequenceWriter rows) throws IOException;
  }

  /** A file that is gone as soon as nobody reads it any more, however the process ends. */
  private static FileChannel copy(Copying copying) throws IOException {
    Path copy = Files.createTempFile("sluice-rows-", ".jsonl");
    FileChannel channel;
    try {
      channel = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(copy);
    }
    OutputStream out = Channels.newOutputStream(channel);
    SequenceWriter rows =
        JSON.writer()
            .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .withRootValueSeparator("\n")
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .writeValues(out);
    copying.into(rows);
    rows.close();
    return channel;
  }

  private static void csv(Path file, int limit, List<String> header, SequenceWriter copy)
      throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .with(CsvParser.Feature.SKIP_EMPTY_LINES)
            .readValues(file.toFile())) {
      for (int index = 0; index < limit && rows.hasNextValue(); index++) {
        copy.write(rows.nextValue());
      }
      if (rows.getParserSchema() instanceof CsvSchema schema) {
        schema.forEach(column -> header.add(column.getName()));
      }
    } catch (JsonProcessingException e) {
      int opened = UnclosedCsvQuote.line(file);
      if (opened > 0) {
        throw new IllegalArgumentException(
            "Reading rows of '%s': line %d cannot be read as CSV (the quote that opens there is never closed). Close it, or double a quote that belongs to the text."
                .formatted(file, opened),
            e);
      }
      int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
      throw new IllegalArgumentException(
          "Reading rows of '%s': %s cannot be read as CSV (%s)."
              .formatted(file, line < 1 ? "a line" : "line " + line, JsonFault.words(e)),
          e);
    }
  }

  private static void parquet(Path file, int limit, SequenceWriter copy) {
    int[] index = new int[1];
    ParquetRows.forEach(
        file,
        row -> {
          try {
            copy.write(row);
          } catch (IOException e) {
            throw failed(file, e);
          }
          return ++index[0] < limit;
        });
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static UncheckedIOException failed(Path file, IOException e) {
    return new UncheckedIOException("Reading rows of '" + file + "' failed: " + e.getMessage(), e);
  }
}

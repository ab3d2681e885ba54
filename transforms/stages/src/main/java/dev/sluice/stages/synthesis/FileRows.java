package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.sluice.records.ParquetRows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a JSONL, CSV or Parquet file as lines of JSON, so that they can be read from any row
 * on. Rows of CSV and Parquet, which cannot, are copied into such lines first.
 */
final class FileRows implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new SimpleModule().addSerializer(BigDecimal.class, new ExactText()));

  private final Path file;
  private final FileChannel lines;

  private FileRows(Path file, FileChannel lines) {
    this.file = file;
    this.lines = lines;
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
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "Reading rows: there is no file '%s'. Check the source's path.".formatted(file));
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        return new FileRows(file, FileChannel.open(file));
      }
      if (name.endsWith(".csv")) {
        return new FileRows(file, copy(rows -> csv(file, limit, rows)));
      }
      if (name.endsWith(".parquet")) {
        return new FileRows(file, copy(rows -> parquet(file, limit, rows)));
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
    throw new IllegalArgumentException(
        "Reading rows of '%s': the ending tells the kind of file, and is .jsonl, .csv or .parquet."
            .formatted(file));
  }

  /**
   * Hands on rows in order, as long as the consumer wants more.
   *
   * @param index of the row whose line begins at the byte
   * @param begin a byte at which a line begins
   * @throws IllegalArgumentException if a line is broken
   */
  void forEach(int index, long begin, RowConsumer consumer) {
    Lines reader = new Lines(lines, begin);
    try {
      int next = index;
      int number = 1;
      for (byte[] line = reader.next(); line != null; line = reader.next(), number++) {
        if (!blank(line) && !consumer.accept(row(line, begin, number), next++, reader.begin())) {
          return;
        }
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private FileRow row(byte[] line, long begin, int number) throws IOException {
    try {
      JsonNode object = JSON.readTree(line);
      return new FileRow(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Reading rows of '%s': line %d%s is not JSON (%s)."
              .formatted(
                  file,
                  number,
                  begin == 0 ? "" : " from byte " + begin + " on",
                  e.getOriginalMessage()),
          e);
    }
  }

  private static boolean blank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
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
            .withRootValueSeparator("\n")
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .writeValues(out);
    copying.into(rows);
    rows.close();
    return channel;
  }

  private static void csv(Path file, int limit, SequenceWriter copy) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file.toFile())) {
      for (int index = 0; index < limit && rows.hasNextValue(); index++) {
        copy.write(rows.nextValue());
      }
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

  /** Decimals as text, since a JSON reader would round them to doubles. */
  private static final class ExactText extends StdSerializer<BigDecimal> {
    private static final long serialVersionUID = 1;

    ExactText() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(
        @Nullable BigDecimal value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value == null ? "" : value.stripTrailingZeros().toString());
    }
  }
}

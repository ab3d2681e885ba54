package dev.sluice.records.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads any Parquet file, whoever wrote it, into rows by column name: numbers, truth values, texts,
 * lists and maps; unsigned numbers by value, decimals as {@code BigDecimal}, dates and times as ISO
 * text (with a Z if they are of UTC), plain bytes as hexadecimal text.
 */
public final class ParquetRows {
  private ParquetRows() {}

  /**
   * What a file says about itself.
   *
   * @param rows number of rows
   * @param columns type of each column in Parquet's words, by name, in order
   * @param footer key-value metadata of the footer
   */
  public record Description(long rows, Map<String, String> columns, Map<String, String> footer) {}

  /** Reads the footer. */
  public static Description describe(Path file) {
    try (ParquetSource source = ParquetSource.open(file)) {
      Map<String, String> columns = new LinkedHashMap<>();
      for (Type field : source.schema().getFields()) {
        StringBuilder text = new StringBuilder();
        field.writeToStringBuilder(text, "");
        columns.put(field.getName(), text.toString().replaceAll("\\s+", " ").trim());
      }
      return new Description(source.rows(), columns, source.footer());
    }
  }

  /** The fields that the file's schema gives to every row. */
  public static FileFields fields(Path file) {
    try (ParquetSource source = ParquetSource.open(file)) {
      return ParquetFields.of(source.schema());
    }
  }

  /** The first rows of a file, at most {@code limit}. */
  public static List<Map<String, @Nullable Object>> read(Path file, int limit) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    if (limit > 0) {
      forEach(
          file,
          row -> {
            rows.add(row);
            return rows.size() < limit;
          });
    }
    return rows;
  }

  /** Hands rows to the consumer, one after another, as long as it returns true. */
  public static void forEach(Path file, Predicate<Map<String, @Nullable Object>> consumer) {
    try (ParquetSource source = ParquetSource.open(file)) {
      MessageType schema = source.schema();
      MessageColumnIO columns = new ColumnIOFactory(source.createdBy()).getColumnIO(schema);
      for (PageReadStore group = next(source); group != null; group = next(source)) {
        RecordReader<Map<String, @Nullable Object>> reader = reader(source, columns, group);
        for (long i = 0; i < group.getRowCount(); i++) {
          if (!consumer.test(row(source, reader))) {
            return;
          }
        }
      }
    }
  }

  private static @Nullable PageReadStore next(ParquetSource source) {
    try {
      return source.nextRowGroup();
    } catch (IOException | RuntimeException e) {
      throw ParquetSource.unreadable(source.name(), e);
    }
  }

  /** Opening a group reads the first page of each column. */
  private static RecordReader<Map<String, @Nullable Object>> reader(
      ParquetSource source, MessageColumnIO columns, PageReadStore group) {
    try {
      return columns.getRecordReader(group, new RowMaterializer(source.schema()));
    } catch (RuntimeException e) {
      throw ParquetSource.unreadable(source.name(), e);
    }
  }

  private static Map<String, @Nullable Object> row(
      ParquetSource source, RecordReader<Map<String, @Nullable Object>> reader) {
    try {
      return reader.read();
    } catch (RuntimeException e) {
      throw ParquetSource.unreadable(source.name(), e);
    }
  }
}

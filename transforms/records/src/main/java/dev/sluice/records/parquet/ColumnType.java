package dev.sluice.records.parquet;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The type of a column: its Parquet form, how a value is written and read, and its bytes in a
 * digest. Lists and maps take the three-level form of the Parquet specification; their entries are
 * never null.
 *
 * @param <T> the Java value
 */
abstract sealed class ColumnType<T> permits PrimitiveType, ListType, MapType, StructType {

  static <E> ColumnType<List<E>> listOf(ColumnType<E> element) {
    return new ListType<>(element);
  }

  static <V> ColumnType<Map<String, V>> mapOf(ColumnType<V> value) {
    return new MapType<>(value);
  }

  static <S extends Record> ColumnType<S> struct(Class<S> type, List<Column<S>> fields) {
    return new StructType<>(type, fields);
  }

  /** The type in the words of the specification, such as {@code list<text>}. */
  abstract String text();

  abstract Type parquet(String name, Repetition repetition);

  /** What stands for a value that was left out: an empty text, list or map, 0 or false. */
  abstract T absent();

  /** Writes a value inside a field that has been started. */
  abstract void write(RecordConsumer out, T value);

  /** Adds the value's canonical bytes. */
  abstract void digest(RowEncoder out, T value);

  /**
   * A reader of this type's values.
   *
   * @param leaves the columns of the file in the order of the schema; the reader takes its own
   * @param definition definition level of a value that is there
   * @param repetition repetition level of the value's parent
   */
  abstract ValueReader<T> reader(Iterator<ColumnReader> leaves, int definition, int repetition);
}

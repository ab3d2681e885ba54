package dev.sluice.records.parquet;

import dev.sluice.records.schema.FieldType;
import java.util.Iterator;
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

  /** The type of the columns that hold a field's values. */
  @SuppressWarnings("unchecked") // a field's values are of its type
  static ColumnType<Object> of(FieldType type) {
    return (ColumnType<Object>) known(type);
  }

  private static ColumnType<?> known(FieldType type) {
    if (type instanceof FieldType.Items items) {
      return new ListType<>(of(items.item()));
    }
    if (type instanceof FieldType.Entries entries) {
      return new MapType<>(of(entries.value()));
    }
    if (type instanceof FieldType.Block block) {
      return new StructType<>(block.type());
    }
    if (!(type instanceof FieldType.Scalar scalar)) {
      throw unknown(type);
    }
    return switch (scalar) {
      case BOOLEAN -> PrimitiveType.BOOLEAN;
      case INT -> PrimitiveType.INT;
      case FLOAT -> PrimitiveType.FLOAT;
      case DOUBLE -> PrimitiveType.DOUBLE;
      case TEXT -> PrimitiveType.TEXT;
      case LONG, INSTANT, ANY -> throw unknown(type);
    };
  }

  private static IllegalStateException unknown(FieldType type) {
    return new IllegalStateException("A column cannot hold values of %s.".formatted(type));
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

package dev.sluice.records.parquet;

import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One table of a chain: its name, the record that a row is, and its columns. Travels by name.
 *
 * @param <R> the row
 */
public final class Table<R extends Record> implements Serializable {
  private final String name;
  private final transient Class<R> rowType;
  private final transient Columns<R> columns;
  private final transient Predicate<R> counts;
  private transient volatile @Nullable MessageType schema;

  /**
   * A table of another program's format, such as a trainer's. Unlike those of {@link Tables} it
   * does not travel.
   *
   * @param columns one for each component of the record, in order, named after it in snake_case
   */
  public static <R extends Record> Table<R> of(
      String name, Class<R> rowType, List<Column<R>> columns) {
    return new Table<>(name, rowType, columns);
  }

  Table(String name, Class<R> rowType, List<Column<R>> columns) {
    this(name, rowType, columns, row -> true);
  }

  /** A table of which only some rows count in a digest. */
  Table(String name, Class<R> rowType, List<Column<R>> columns, Predicate<R> counts) {
    this.name = name;
    this.rowType = rowType;
    this.columns = new Columns<>(rowType, columns);
    this.counts = counts;
  }

  /** The table's name, such as {@code step_labels}. */
  public String name() {
    return name;
  }

  /** The record that a row is. */
  public Class<R> rowType() {
    return rowType;
  }

  /** The columns, in the order of the record's components. */
  public List<Column<R>> columns() {
    return columns.list();
  }

  Columns<R> columnSet() {
    return columns;
  }

  /** Whether the row counts in a digest. */
  boolean counts(R row) {
    return counts.test(row);
  }

  /** The Parquet schema, of which the message is named after the table. */
  MessageType schema() {
    MessageType known = schema;
    if (known == null) {
      known = new MessageType(name, columns.parquet());
      schema = known;
    }
    return known;
  }

  private Object readResolve() {
    return Tables.named(name);
  }

  @Override
  public String toString() {
    return name;
  }
}

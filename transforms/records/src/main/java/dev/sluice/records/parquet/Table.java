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
  private final transient Predicate<R> counts;
  private transient volatile @Nullable Columns<R> columns;
  private transient volatile @Nullable MessageType schema;

  /**
   * A table of another program's format, such as a trainer's. Unlike those of {@link Tables} it
   * does not travel.
   *
   * @param rowType each of its components carries {@link dev.sluice.records.schema.Column}
   */
  public static <R extends Record> Table<R> of(String name, Class<R> rowType) {
    return new Table<>(name, rowType);
  }

  /** A table to write, whose columns come from several records. */
  public static Table<Row> of(String name, List<TableColumn> columns) {
    Table<Row> table = new Table<>(name, Row.class);
    table.columns = Columns.ofRow(columns);
    return table;
  }

  Table(String name, Class<R> rowType) {
    this(name, rowType, row -> true);
  }

  /** A table of which only some rows count in a digest. */
  Table(String name, Class<R> rowType, Predicate<R> counts) {
    this.name = name;
    this.rowType = rowType;
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
  public List<TableColumn> columns() {
    return columnSet().list();
  }

  Columns<R> columnSet() {
    Columns<R> known = columns;
    if (known == null) {
      known = new Columns<>(rowType);
      columns = known;
    }
    return known;
  }

  /** Whether the row counts in a digest. */
  boolean counts(R row) {
    return counts.test(row);
  }

  /** The Parquet schema, of which the message is named after the table. */
  MessageType schema() {
    MessageType known = schema;
    if (known == null) {
      known = new MessageType(name, columnSet().parquet());
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

package dev.sluice.records;

/**
 * One table of a chain: its name and the record that a row is.
 *
 * @param <R> the row
 */
public final class Table<R extends Record> {
  private final String name;
  private final Class<R> rowType;

  Table(String name, Class<R> rowType) {
    this.name = name;
    this.rowType = rowType;
  }

  /** The table's name, such as {@code step_labels}. */
  public String name() {
    return name;
  }

  /** The record that a row is. */
  public Class<R> rowType() {
    return rowType;
  }
}

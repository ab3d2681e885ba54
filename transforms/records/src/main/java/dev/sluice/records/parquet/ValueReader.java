package dev.sluice.records.parquet;

import org.apache.parquet.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value after another from the column readers of a row group. Every call takes the
 * value's entries from all of its leaves, also where the value is null or empty.
 */
abstract class ValueReader<T> {

  /** The next value, which is there. */
  abstract T read();

  /** The next value, or null if it is absent. */
  @Nullable T readNullable() {
    return read();
  }

  /** Passes over the one entry that stands for an absent value. */
  abstract void skip();

  /** The first leaf, whose levels tell whether more entries follow. */
  abstract ColumnReader first();
}

package dev.sluice.records.parquet;

import java.util.List;
import org.apache.parquet.column.ColumnReader;

/** The reader of a list or a map, which leaves one entry in its leaves also where it is empty. */
abstract class RepeatedReader<T> extends ValueReader<T> {
  private final List<ValueReader<?>> parts;
  private final ColumnReader first;
  private final int definition;
  private final int repetition;

  /**
   * A reader over the readers of an entry's parts.
   *
   * @param definition definition level of the list itself; an entry has one more
   * @param repetition repetition level of the list's parent
   */
  RepeatedReader(List<ValueReader<?>> parts, int definition, int repetition) {
    this.parts = parts;
    this.first = parts.get(0).first();
    this.definition = definition;
    this.repetition = repetition;
  }

  abstract T none();

  /** Reads entries as long as {@link #more} says so; there is at least one. */
  abstract T some();

  final boolean more() {
    return first.getCurrentRepetitionLevel() > repetition;
  }

  @Override
  final T read() {
    if (first.getCurrentDefinitionLevel() > definition) {
      return some();
    }
    skip();
    return none();
  }

  @Override
  final void skip() {
    for (ValueReader<?> part : parts) {
      part.skip();
    }
  }

  @Override
  final ColumnReader first() {
    return first;
  }
}

package dev.sluice.records.parquet;

import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The columns of a record in the order of its canonical constructor. */
final class Columns<R extends Record> {
  private final RecordSchema<R> schema;
  private final List<TableColumn> list;

  Columns(Class<R> type) {
    this.schema = RecordSchema.of(type);
    this.list = schema.fields().stream().map(TableColumn::new).toList();
  }

  private Columns(RecordSchema<R> schema, List<TableColumn> list) {
    this.schema = schema;
    this.list = List.copyOf(list);
  }

  /** The columns of a {@link Row}. */
  static Columns<Row> ofRow(List<TableColumn> columns) {
    List<TableColumn> placed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      placed.add(columns.get(i).at(i));
    }
    return new Columns<>(RecordSchema.of(Row.class), placed);
  }

  List<TableColumn> list() {
    return list;
  }

  List<Type> parquet() {
    List<Type> types = new ArrayList<>();
    list.forEach(column -> types.add(column.parquet()));
    return types;
  }

  void write(RecordConsumer out, R row) {
    for (int i = 0; i < list.size(); i++) {
      list.get(i).write(out, i, row);
    }
  }

  /** Columns that were added later come after all others, wherever they stand. */
  void digest(RowEncoder out, R row) {
    digest(out, row, false);
    digest(out, row, true);
  }

  private void digest(RowEncoder out, R row, boolean added) {
    for (TableColumn column : list) {
      if (column.content() && column.isAdded() == added) {
        column.digest(out, row);
      }
    }
  }

  /** A record of the values, in the columns' order. */
  R make(@Nullable Object[] values) {
    try {
      return schema.make(values);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "A %s cannot be made of the values that were read."
              .formatted(schema.type().getSimpleName()),
          e);
    }
  }
}

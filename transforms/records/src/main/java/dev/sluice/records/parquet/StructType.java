package dev.sluice.records.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** A record within a row. */
final class StructType<S extends Record> extends ColumnType<S> {
  private final Columns<S> columns;

  StructType(Class<S> type) {
    this.columns = new Columns<>(type);
  }

  @Override
  String text() {
    StringBuilder text = new StringBuilder("struct<");
    String separator = "";
    for (TableColumn field : columns.list()) {
      text.append(separator).append(field.name()).append(": ").append(field.typeText());
      separator = ", ";
    }
    return text.append('>').toString();
  }

  @Override
  Type parquet(String name, Repetition repetition) {
    return new GroupType(repetition, name, columns.parquet());
  }

  @Override
  S absent() {
    return columns.make(columns.list().stream().map(TableColumn::absent).toArray());
  }

  @Override
  void write(RecordConsumer out, S value) {
    out.startGroup();
    columns.write(out, value);
    out.endGroup();
  }

  @Override
  void digest(RowEncoder out, S value) {
    columns.digest(out, value);
  }

  @Override
  ValueReader<S> reader(Iterator<ColumnReader> leaves, int definition, int repetition) {
    List<ValueReader<?>> parts = new ArrayList<>();
    for (TableColumn field : columns.list()) {
      parts.add(field.reader(leaves, definition, repetition));
    }
    return new ValueReader<>() {
      @Override
      S read() {
        @Nullable Object[] values = new @Nullable Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = parts.get(i).readNullable();
        }
        return columns.make(values);
      }

      @Override
      void skip() {
        parts.forEach(ValueReader::skip);
      }

      @Override
      ColumnReader first() {
        return parts.get(0).first();
      }
    };
  }
}

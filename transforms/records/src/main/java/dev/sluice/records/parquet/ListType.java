package dev.sluice.records.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** A list: {@code group name (LIST) { repeated group list { required element; } }}. */
final class ListType<E> extends ColumnType<List<E>> {
  private final ColumnType<E> element;

  ListType(ColumnType<E> element) {
    this.element = element;
  }

  @Override
  String text() {
    return "list<" + element.text() + ">";
  }

  @Override
  Type parquet(String name, Repetition repetition) {
    return Types.list(repetition)
        .element(element.parquet("element", Repetition.REQUIRED))
        .named(name);
  }

  @Override
  List<E> absent() {
    return List.of();
  }

  @Override
  void write(RecordConsumer out, List<E> values) {
    out.startGroup();
    if (!values.isEmpty()) {
      out.startField("list", 0);
      for (E value : values) {
        out.startGroup();
        out.startField("element", 0);
        element.write(out, value);
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
  }

  @Override
  void digest(RowEncoder out, List<E> values) {
    out.int64(values.size());
    for (E value : values) {
      element.digest(out, value);
    }
  }

  @Override
  ValueReader<List<E>> reader(Iterator<ColumnReader> leaves, int definition, int repetition) {
    ValueReader<E> elements = element.reader(leaves, definition + 1, repetition + 1);
    return new RepeatedReader<>(List.of(elements), definition, repetition) {
      @Override
      List<E> none() {
        return List.of();
      }

      @Override
      List<E> some() {
        List<E> values = new ArrayList<>();
        do {
          values.add(elements.read());
        } while (more());
        return values;
      }
    };
  }
}

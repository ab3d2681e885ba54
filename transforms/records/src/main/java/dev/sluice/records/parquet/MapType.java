package dev.sluice.records.parquet;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * A map: {@code group name (MAP) { repeated group key_value { required key; required value; } }}.
 */
final class MapType<V> extends ColumnType<Map<String, V>> {
  private final ColumnType<V> value;

  MapType(ColumnType<V> value) {
    this.value = value;
  }

  @Override
  String text() {
    return "map<text, " + value.text() + ">";
  }

  @Override
  Type parquet(String name, Repetition repetition) {
    return Types.map(repetition)
        .key(PrimitiveType.TEXT.parquet("key", Repetition.REQUIRED))
        .value(value.parquet("value", Repetition.REQUIRED))
        .named(name);
  }

  @Override
  Map<String, V> absent() {
    return Map.of();
  }

  @Override
  void write(RecordConsumer out, Map<String, V> entries) {
    out.startGroup();
    if (!entries.isEmpty()) {
      out.startField("key_value", 0);
      for (Map.Entry<String, V> entry : sorted(entries).entrySet()) {
        out.startGroup();
        out.startField("key", 0);
        PrimitiveType.TEXT.write(out, entry.getKey());
        out.endField("key", 0);
        out.startField("value", 1);
        value.write(out, entry.getValue());
        out.endField("value", 1);
        out.endGroup();
      }
      out.endField("key_value", 0);
    }
    out.endGroup();
  }

  @Override
  void digest(RowEncoder out, Map<String, V> entries) {
    out.int64(entries.size());
    for (Map.Entry<String, V> entry : sorted(entries).entrySet()) {
      out.text(entry.getKey());
      value.digest(out, entry.getValue());
    }
  }

  // Immutable maps iterate in an order that changes with each start of the JVM.
  private static <V> Map<String, V> sorted(Map<String, V> entries) {
    return entries.size() < 2 ? entries : new TreeMap<>(entries);
  }

  @Override
  ValueReader<Map<String, V>> reader(
      Iterator<ColumnReader> leaves, int definition, int repetition) {
    ValueReader<String> keys = PrimitiveType.TEXT.reader(leaves, definition + 1, repetition + 1);
    ValueReader<V> values = value.reader(leaves, definition + 1, repetition + 1);
    return new RepeatedReader<>(List.of(keys, values), definition, repetition) {
      @Override
      Map<String, V> none() {
        return Map.of();
      }

      @Override
      Map<String, V> some() {
        Map<String, V> entries = new TreeMap<>();
        do {
          entries.put(keys.read(), values.read());
        } while (more());
        return entries;
      }
    };
  }
}

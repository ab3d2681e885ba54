package dev.sluice.pipelines.beam;

import dev.sluice.parts.Port;
import dev.sluice.records.Json;
import dev.sluice.records.SnakeCase;
import dev.sluice.stages.StageType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.StringJoiner;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** The config block of a stage as YAML text, from a Beam row; keys that are null are left out. */
final class ConfigText {
  private ConfigText() {}

  static String of(Row row, StageType<?> type) {
    return block(row, type.configType());
  }

  private static String block(Row row, Class<?> config) {
    StringJoiner keys = new StringJoiner(", ", "{", "}");
    for (RecordComponent component : config.getRecordComponents()) {
      String name = SnakeCase.of(component.getName());
      Object value = row.getSchema().hasField(name) ? row.getValue(name) : null;
      if (value != null) {
        keys.add(Json.compact(name) + ": " + value(value, component.getType()));
      }
    }
    return keys.toString();
  }

  private static String value(@Nullable Object value, Class<?> type) {
    if (value instanceof Row row) {
      return type.isRecord() ? block(row, type) : free(row);
    }
    if (value instanceof Collection<?> list) {
      StringJoiner items = new StringJoiner(", ", "[", "]");
      list.forEach(item -> items.add(value(item, Object.class)));
      return items.toString();
    }
    // A block of which there are several kinds comes as YAML already.
    return value instanceof String yaml && type.isAnnotationPresent(Port.class)
        ? yaml
        : Json.compact(value);
  }

  /** A block within a list, whose record is not known here; its schema has the keys' names. */
  private static String free(Row row) {
    StringJoiner keys = new StringJoiner(", ", "{", "}");
    for (String name : row.getSchema().getFieldNames()) {
      Object value = row.getValue(name);
      if (value != null) {
        keys.add(Json.compact(name) + ": " + value(value, Object.class));
      }
    }
    return keys.toString();
  }
}

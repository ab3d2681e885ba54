package dev.sluice.pipelines.beam;

import dev.sluice.parts.Port;
import dev.sluice.records.json.Json;
import dev.sluice.stages.StageType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
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
    RowSchemas.keys(config)
        .forEach(
            (name, component) -> {
              Object value = row.getSchema().hasField(name) ? row.getValue(name) : null;
              if (value != null) {
                keys.add(Json.compact(name) + ": " + value(value, component.getGenericType()));
              }
            });
    return keys.toString();
  }

  private static String value(@Nullable Object value, Type type) {
    if (value instanceof Row row) {
      return type instanceof Class<?> block && block.isRecord() ? block(row, block) : free(row);
    }
    if (value instanceof Collection<?> list) {
      Type item =
          type instanceof ParameterizedType generic
              ? generic.getActualTypeArguments()[0]
              : Object.class;
      StringJoiner items = new StringJoiner(", ", "[", "]");
      list.forEach(each -> items.add(value(each, item)));
      return items.toString();
    }
    // A block of which there are several kinds comes as YAML already.
    return value instanceof String yaml
            && type instanceof Class<?> port
            && port.isAnnotationPresent(Port.class)
        ? yaml
        : Json.compact(value);
  }

  /** A block whose record is not known here; its schema has the keys' names. */
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

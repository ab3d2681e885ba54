package dev.sluice.pipelines.beam;

import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import dev.sluice.records.json.SnakeCase;
import dev.sluice.records.parquet.Column;
import dev.sluice.records.parquet.Table;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/** Beam schemas of tables and of config records; names are in snake_case. */
final class RowSchemas {
  private RowSchemas() {}

  /** The schema of a table's rows, with the columns' docs. */
  static Schema of(Table<?> table) {
    Schema.Builder schema = Schema.builder();
    RecordComponent[] components = table.rowType().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Column<?> column = table.columns().get(i);
      FieldType type = type(components[i].getGenericType(), column.optional());
      schema.addField(Schema.Field.of(column.name(), type).withDescription(column.doc()));
    }
    return schema.build();
  }

  /**
   * The schema of a config record. Every key may be absent, since defaults are ours; a block of
   * which there are several kinds is a text that holds it as YAML.
   */
  static Schema.Builder ofConfig(Class<? extends Record> config) {
    Schema.Builder schema = Schema.builder();
    for (RecordComponent component : keys(config).values()) {
      Key key = component.getAnnotation(Key.class);
      String doc = key == null ? "" : key.value();
      FieldType type = type(component.getGenericType(), true);
      schema.addField(
          Schema.Field.of(SnakeCase.of(component.getName()), type).withDescription(doc));
    }
    return schema;
  }

  /** The keys of a config by name, those that parts have beside it included. */
  static Map<String, RecordComponent> keys(Class<?> config) {
    Map<String, RecordComponent> keys = new LinkedHashMap<>();
    for (RecordComponent component : config.getRecordComponents()) {
      keys.put(SnakeCase.of(component.getName()), component);
    }
    for (RecordComponent component : config.getRecordComponents()) {
      Key key = component.getAnnotation(Key.class);
      if (key != null && key.flat()) {
        for (Class<?> part : Registry.get().parts(component.getType()).values()) {
          for (RecordComponent inner : part.getRecordComponents()) {
            keys.putIfAbsent(SnakeCase.of(inner.getName()), inner);
          }
        }
      }
    }
    return keys;
  }

  private static FieldType type(Type type, boolean nullable) {
    FieldType found = type(type);
    return nullable ? found.withNullable(true) : found;
  }

  private static FieldType type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return FieldType.array(type(arguments[0]));
      }
      if (generic.getRawType() == Map.class) {
        return FieldType.map(FieldType.STRING, type(arguments[1]));
      }
    }
    if (type == int.class || type == Integer.class) {
      return FieldType.INT32;
    }
    if (type == long.class || type == Long.class) {
      return FieldType.INT64;
    }
    if (type == float.class || type == Float.class) {
      return FieldType.FLOAT;
    }
    if (type == double.class || type == Double.class) {
      return FieldType.DOUBLE;
    }
    if (type == boolean.class || type == Boolean.class) {
      return FieldType.BOOLEAN;
    }
    if (type instanceof Class<?> plain && plain.isRecord()) {
      Schema.Builder fields = Schema.builder();
      for (RecordComponent component : plain.getRecordComponents()) {
        boolean config = component.getAnnotation(Key.class) != null;
        fields.addField(
            Schema.Field.of(
                SnakeCase.of(component.getName()), type(component.getGenericType(), config)));
      }
      return FieldType.row(fields.build());
    }
    // Texts, enums, and one of several kinds of block, which is written as YAML.
    return FieldType.STRING;
  }
}

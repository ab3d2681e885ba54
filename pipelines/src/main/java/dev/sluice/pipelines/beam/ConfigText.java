package dev.sluice.pipelines.beam;

import dev.sluice.records.json.Json;
import dev.sluice.records.schema.FieldType;
import dev.sluice.stages.StageType;
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

  private static String block(Row row, Class<? extends Record> config) {
    StringJoiner keys = new StringJoiner(", ", "{", "}");
    RowSchemas.keys(config)
        .forEach(
            (name, field) -> {
              Object value = row.getSchema().hasField(name) ? row.getValue(name) : null;
              if (value != null) {
                keys.add(Json.compact(name) + ": " + value(value, field.component().type()));
              }
            });
    return keys.toString();
  }

  private static String value(@Nullable Object value, FieldType type) {
    if (value instanceof Row row) {
      return type instanceof FieldType.Block block ? block(row, block.type()) : free(row);
    }
    if (value instanceof Collection<?> list) {
      FieldType item = type instanceof FieldType.Items items ? items.item() : FieldType.Scalar.ANY;
      StringJoiner all = new StringJoiner(", ", "[", "]");
      list.forEach(each -> all.add(value(each, item)));
      return all.toString();
    }
    // A block of which there are several kinds comes as YAML already.
    boolean written = type instanceof FieldType.Other || type instanceof FieldType.Block;
    return written && value instanceof String yaml ? yaml : Json.compact(value);
  }

  /** A block whose record is not known here; its schema has the keys' names. */
  private static String free(Row row) {
    StringJoiner keys = new StringJoiner(", ", "{", "}");
    for (String name : row.getSchema().getFieldNames()) {
      Object value = row.getValue(name);
      if (value != null) {
        keys.add(Json.compact(name) + ": " + value(value, FieldType.Scalar.ANY));
      }
    }
    return keys.toString();
  }
}

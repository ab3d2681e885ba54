package dev.sluice.pipelines.beam;

import dev.sluice.pipelines.file.FlatKeys;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;

/** Beam schemas of tables and of config records; names are in snake_case. */
final class RowSchemas {
  private RowSchemas() {}

  /** The schema of a table's rows, with the columns' docs. */
  static Schema of(Table<?> table) {
    Schema.Builder schema = Schema.builder();
    for (TableColumn column : table.columns()) {
      Schema.FieldType type = type(column.field().type()).withNullable(column.optional());
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
    for (Shape.Field field : keys(config).values()) {
      Schema.FieldType type = type(field.component().type()).withNullable(true);
      schema.addField(Schema.Field.of(field.name(), type).withDescription(field.key().value()));
    }
    return schema;
  }

  /** The keys of a config by name, those that parts have beside it included. */
  static Map<String, Shape.Field> keys(Class<? extends Record> config) {
    List<Shape.Field> fields = Shape.fields(config);
    Map<String, Shape.Field> keys = new LinkedHashMap<>();
    fields.forEach(field -> keys.put(field.name(), field));
    keys.putAll(FlatKeys.of(fields));
    return keys;
  }

  private static Schema.FieldType type(FieldType type) {
    if (type instanceof FieldType.Items items) {
      return Schema.FieldType.array(type(items.item()));
    }
    if (type instanceof FieldType.Entries entries) {
      return Schema.FieldType.map(Schema.FieldType.STRING, type(entries.value()));
    }
    if (type instanceof FieldType.Block block) {
      List<RecordSchema.Field> own = RecordSchema.of(block.type()).fields();
      if (own.stream().map(RecordSchema.Field::key).anyMatch(key -> key != null && key.inline())) {
        // The keys of one of several kinds are among the block's own: written as YAML, too.
        return Schema.FieldType.STRING;
      }
      Schema.Builder fields = Schema.builder();
      for (RecordSchema.Field field : own) {
        boolean config = field.key() != null;
        fields.addField(Schema.Field.of(field.name(), type(field.type()).withNullable(config)));
      }
      return Schema.FieldType.row(fields.build());
    }
    if (type instanceof FieldType.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> Schema.FieldType.BOOLEAN;
        case INT -> Schema.FieldType.INT32;
        case LONG -> Schema.FieldType.INT64;
        case FLOAT -> Schema.FieldType.FLOAT;
        case DOUBLE -> Schema.FieldType.DOUBLE;
        case TEXT, INSTANT, ANY -> Schema.FieldType.STRING;
      };
    }
    // Enums, and one of several kinds of block, which is written as YAML.
    return Schema.FieldType.STRING;
  }
}

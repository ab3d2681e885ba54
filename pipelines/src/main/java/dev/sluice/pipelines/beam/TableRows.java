package dev.sluice.pipelines.beam;

import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Rows of a table as Beam rows, there and back. */
final class TableRows {
  private TableRows() {}

  /** The Beam row of a table's row. */
  static Row toRow(Record record, Schema schema) {
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordSchema.Field field : RecordSchema.of(record.getClass()).fields()) {
      values.add(toBeam(field.get(record), schema.getField(values.size()).getType()));
    }
    return Row.withSchema(schema).attachValues(values);
  }

  private static @Nullable Object toBeam(@Nullable Object value, Schema.FieldType type) {
    Schema.FieldType inner = type.getCollectionElementType();
    Schema fields = type.getRowSchema();
    if (value instanceof Record record && fields != null) {
      return toRow(record, fields);
    }
    if (value instanceof List<?> list && inner != null) {
      List<@Nullable Object> all = new ArrayList<>(list.size());
      list.forEach(each -> all.add(toBeam(each, inner)));
      return all;
    }
    return value;
  }

  /**
   * The row of a table from a Beam row; fields that the table does not have are left out.
   *
   * @param withheld columns that stay null
   * @throws IllegalArgumentException if a value that may not be null is missing
   */
  static <R extends Record> R toRecord(Row row, Table<R> table, Set<String> withheld) {
    List<@Nullable Object> values = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      boolean there = row.getSchema().hasField(column.name()) && !withheld.contains(column.name());
      Object value = there ? row.getValue(column.name()) : null;
      if (value == null && !column.optional()) {
        throw new IllegalArgumentException(
            "Reading a row of '%s': its field '%s' (%s) is null or missing, and may not be."
                .formatted(table.name(), column.name(), column.doc()));
      }
      values.add(toJava(value, column.field().type()));
    }
    return make(RecordSchema.of(table.rowType()), values);
  }

  private static @Nullable Object toJava(@Nullable Object value, FieldType type) {
    if (value instanceof Row row && type instanceof FieldType.Block block) {
      RecordSchema<?> schema = RecordSchema.of(block.type());
      List<@Nullable Object> values = new ArrayList<>();
      for (RecordSchema.Field field : schema.fields()) {
        values.add(toJava(row.getValue(field.name()), field.type()));
      }
      return make(schema, values);
    }
    if (value instanceof Collection<?> list && type instanceof FieldType.Items items) {
      List<@Nullable Object> all = new ArrayList<>(list.size());
      list.forEach(each -> all.add(toJava(each, items.item())));
      return all;
    }
    if (value instanceof Map<?, ?> map && type instanceof FieldType.Entries entries) {
      Map<Object, @Nullable Object> all = new LinkedHashMap<>();
      map.forEach((key, each) -> all.put(key, toJava(each, entries.value())));
      return all;
    }
    return value;
  }

  private static <R extends Record> R make(
      RecordSchema<R> schema, List<? extends @Nullable Object> values) {
    try {
      return schema.make(values.toArray());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "A %s cannot be made of %s.".formatted(schema.type().getSimpleName(), values), e);
    }
  }
}

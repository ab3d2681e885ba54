package dev.sluice.pipelines.beam;

import dev.sluice.records.json.SnakeCase;
import dev.sluice.records.parquet.Column;
import dev.sluice.records.parquet.Table;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
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
    RecordComponent[] components = record.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      values.add(toBeam(value(record, components[i]), schema.getField(i).getType()));
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
    RecordComponent[] components = table.rowType().getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Column<?> column = table.columns().get(i);
      boolean there = row.getSchema().hasField(column.name()) && !withheld.contains(column.name());
      Object value = there ? row.getValue(column.name()) : null;
      if (value == null && !column.optional()) {
        throw new IllegalArgumentException(
            "Reading a row of '%s': its field '%s' (%s) is null or missing, and may not be."
                .formatted(table.name(), column.name(), column.doc()));
      }
      values[i] = toJava(value, components[i].getGenericType());
    }
    return make(table.rowType(), values);
  }

  private static @Nullable Object toJava(@Nullable Object value, Type type) {
    if (value instanceof Row row && type instanceof Class<?> plain && plain.isRecord()) {
      RecordComponent[] components = plain.getRecordComponents();
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < values.length; i++) {
        String name = SnakeCase.of(components[i].getName());
        values[i] = toJava(row.getValue(name), components[i].getGenericType());
      }
      return make(plain.asSubclass(Record.class), values);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (value instanceof Collection<?> list) {
        List<@Nullable Object> all = new ArrayList<>(list.size());
        list.forEach(each -> all.add(toJava(each, arguments[0])));
        return all;
      }
      if (value instanceof Map<?, ?> map) {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((key, each) -> all.put(key, toJava(each, arguments[1])));
        return all;
      }
    }
    return value;
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Reading " + component + " failed.", e);
    }
  }

  private static <R extends Record> R make(Class<R> type, @Nullable Object[] values) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "A %s cannot be made of %s."
              .formatted(type.getSimpleName(), java.util.Arrays.toString(values)),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + type.getName() + ".", e);
    }
  }
}

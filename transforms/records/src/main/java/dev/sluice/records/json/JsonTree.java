package dev.sluice.records.json;

import dev.sluice.records.config.Kind;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Java values as maps, lists, texts, numbers and truth values. */
final class JsonTree {
  private JsonTree() {}

  static @Nullable Object of(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof BigDecimal
        || value instanceof BigInteger) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Record record) {
      return record(record);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Iterable<?> values) {
      List<@Nullable Object> list = new ArrayList<>();
      values.forEach(each -> list.add(of(each)));
      return list;
    }
    if (value instanceof Enum<?> constant) {
      return FieldType.Choice.word(constant);
    }
    if (value instanceof Temporal || value instanceof TemporalAmount) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        "A value of %s has no JSON form; use a record, map, list, text, number or truth value."
            .formatted(value.getClass()));
  }

  private static Number number(Number number) {
    if (number instanceof Double) {
      return number;
    }
    if (number instanceof Float) {
      // By its shortest decimal, so that 0.1f is 0.1.
      return Double.valueOf(number.toString());
    }
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte) {
      return number.longValue();
    }
    return number.doubleValue();
  }

  private static Map<String, @Nullable Object> record(Record record) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Kind kind = record.getClass().getAnnotation(Kind.class);
    if (kind != null) {
      fields.put("kind", kind.value());
    }
    for (RecordSchema.Field field : RecordSchema.of(record.getClass()).fields()) {
      Object value = field.get(record);
      if (value != null) {
        fields.put(field.name(), of(value));
      }
    }
    return fields;
  }

  // Immutable maps iterate in an order that changes with each start of the JVM.
  private static Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> fields =
        map instanceof LinkedHashMap || map instanceof SortedMap
            ? new LinkedHashMap<>()
            : new TreeMap<>();
    map.forEach((key, value) -> fields.put(key.toString(), of(value)));
    return fields;
  }
}

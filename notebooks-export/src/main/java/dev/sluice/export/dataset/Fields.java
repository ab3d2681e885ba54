package dev.sluice.export.dataset;

import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records as maps, with their nulls: for {@link dev.sluice.records.RowFilter}, and for lines of
 * JSON, which all have the same keys.
 */
final class Fields {
  /** They are not loaded, so a comparison with one would be false whatever the file holds. */
  private static final Set<String> REFERENCES = Set.of("reference_answer", "reference_correct");

  private Fields() {}

  /** The columns of all records; of columns of one name the first. */
  static Map<String, @Nullable Object> of(List<Record> records) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Record record : records) {
      of(record)
          .forEach(
              (name, value) -> {
                if (!REFERENCES.contains(name) && !fields.containsKey(name)) {
                  fields.put(name, value);
                }
              });
    }
    return fields;
  }

  private static Map<String, @Nullable Object> of(Record record) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (RecordSchema.Field field : RecordSchema.of(record.getClass()).fields()) {
      fields.put(field.name(), value(field.get(record)));
    }
    return fields;
  }

  /** A value with maps in place of records. */
  static @Nullable Object value(@Nullable Object value) {
    if (value instanceof Record record) {
      return of(record);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> values = new ArrayList<>();
      list.forEach(each -> values.add(value(each)));
      return values;
    }
    return value;
  }
}

package dev.sluice.export.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.TableColumn;
import dev.sluice.records.schema.RecordSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values that some reader of an export would change, cut or refuse: texts with NUL or with
 * half of a surrogate pair, and numbers that are not finite.
 */
final class ValueCheck {
  private ValueCheck() {}

  /**
   * Checks a row.
   *
   * @param id what the row is made of, for the message
   * @throws ExportException if it holds such a value
   */
  static void check(Row row, List<TableColumn> columns, String id) {
    @Nullable Object[] values = row.values();
    for (int i = 0; i < values.length; i++) {
      String fault = fault(values[i]);
      if (fault != null) {
        throw new ExportException(
            "The row of %s cannot be exported: its column '%s' holds %s, which not every reader takes. Leave the row out with --where, or the column out with --columns."
                .formatted(id, columns.get(i).name(), fault));
      }
    }
  }

  private static @Nullable String fault(@Nullable Object value) {
    if (value instanceof String text) {
      return fault(text);
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? null : "the number " + number;
    }
    if (value instanceof Float number) {
      return Float.isFinite(number) ? null : "the number " + number;
    }
    if (value instanceof List<?> list) {
      return first(list);
    }
    if (value instanceof Map<?, ?> map) {
      String key = first(map.keySet());
      return key == null ? first(map.values()) : key;
    }
    if (value instanceof Record record) {
      for (RecordSchema.Field field : RecordSchema.of(record.getClass()).fields()) {
        String fault = fault(field.get(record));
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  private static @Nullable String first(Iterable<?> values) {
    for (Object each : values) {
      String fault = fault(each);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "the character NUL (U+0000, at %d)".formatted(i);
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return "half of a surrogate pair (U+%04X, at %d)".formatted((int) c, i);
        }
        i++;
      }
    }
    return null;
  }
}

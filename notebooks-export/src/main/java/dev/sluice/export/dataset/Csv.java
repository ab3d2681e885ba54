package dev.sluice.export.dataset;

import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV as RFC 4180 has them, ended by a line feed. A text is always quoted and null is an
 * empty field without quotes, so an empty text and null stay apart. Lists and objects are JSON.
 */
final class Csv {
  private Csv() {}

  static String header(List<TableColumn> columns) {
    return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(","))
        + "\n";
  }

  static String line(Row row) {
    List<String> fields = new ArrayList<>();
    for (Object value : row.values()) {
      fields.add(field(value));
    }
    return String.join(",", fields) + "\n";
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    String json = Json.line(Fields.value(value));
    return value instanceof Number || value instanceof Boolean ? json : quoted(json);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}

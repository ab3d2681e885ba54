package dev.sluice.runners.cli.inspect;

import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a table for people: one a line, long values cut; or whole. */
final class RowTable {
  /** Characters of a value where nobody says how many. */
  static final int USUAL_WIDTH = 32;

  private RowTable() {}

  /**
   * One row a line; columns that are empty in every row are named below.
   *
   * @param width longest value; 0 for no bound
   */
  static String lines(List<Map<String, @Nullable Object>> rows, int width) {
    Map<String, Boolean> numbers = new LinkedHashMap<>();
    List<String> empty = new ArrayList<>();
    for (String column : rows.get(0).keySet()) {
      List<@Nullable Object> values = new ArrayList<>();
      rows.forEach(row -> values.add(row.get(column)));
      if (values.stream().allMatch(value -> value == null || value.equals(List.of()))) {
        empty.add(column);
      } else {
        numbers.put(
            column, values.stream().allMatch(value -> value == null || value instanceof Number));
      }
    }
    List<String> titles = new ArrayList<>();
    numbers.forEach((column, right) -> titles.add((right ? ">" : "") + column));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (Map<String, @Nullable Object> row : rows) {
      List<String> cells = new ArrayList<>();
      numbers.keySet().forEach(column -> cells.add(cell(row.get(column), width)));
      table.row(cells.toArray(String[]::new));
    }
    return table
        + (empty.isEmpty() ? "" : "empty in these rows: " + String.join(", ", empty) + "\n");
  }

  /** A value on one line, cut to a width; 0 for no bound. */
  static String cell(@Nullable Object value, int width) {
    String text =
        value == null
            ? ""
            : value instanceof String string
                ? string
                : value instanceof Double number ? number(number) : Json.compact(value);
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(width == 0 ? Long.MAX_VALUE : width + 1L)
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                case '\r' -> line.append("\\r");
                default -> {
                  if (Character.isISOControl(c)) {
                    line.append(Terminal.escaped(c));
                  } else {
                    line.appendCodePoint(c);
                  }
                }
              }
            });
    if (width == 0 || line.codePointCount(0, line.length()) <= width) {
      return line.toString();
    }
    return line.substring(0, line.offsetByCodePoints(0, Math.max(0, width - 3))) + "...";
  }

  /** Six decimals at most. */
  private static String number(double value) {
    if (value != 0 && Math.abs(value) < 1e-4) {
      return Double.toString(value);
    }
    String text = Numbers.decimals(value, 6);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** Whole rows, one column a line. */
  static String full(List<Map<String, @Nullable Object>> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Json.pretty(row)));
    return text.toString();
  }
}

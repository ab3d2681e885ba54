package dev.sluice.records.parquet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table whose columns are those of several records: its values, in the columns' order.
 *
 * @param values not copied
 */
@SuppressWarnings("ArrayRecordComponent") // rows are not compared, and there are millions
public record Row(@Nullable Object[] values) {

  /** The values by the columns' names, in order. */
  public Map<String, @Nullable Object> named(List<TableColumn> columns) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(columns.get(i).name(), values[i]);
    }
    return named;
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}

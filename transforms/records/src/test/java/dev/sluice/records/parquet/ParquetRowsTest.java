package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Rubric;
import dev.sluice.records.SampleRows;
import dev.sluice.records.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParquetRowsTest {
  private final Path folder;

  ParquetRowsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static List<Table<?>> tables() {
    return Tables.all();
  }

  @ParameterizedTest
  @MethodSource("tables")
  <R extends Record> void rowsOfAnyTableAreMaps(Table<R> table) {
    Path file = folder.resolve("t.parquet");
    try (TableWriter<R> writer = TableWriter.open(file, table, Map.of())) {
      SampleRows.of(table).forEach(writer::write);
    }
    List<Map<String, Object>> rows = ParquetRows.read(file, 100);
    assertThat(rows).hasSameSizeAs(SampleRows.of(table));
    for (int i = 0; i < rows.size(); i++) {
      assertThat(Json.canonical(withoutNulls(rows.get(i))))
          .isEqualTo(Json.canonical(SampleRows.of(table).get(i)));
    }
    assertThat(ParquetRows.read(file, 1)).hasSize(1);
    assertThat(ParquetRows.read(file, 0)).isEmpty();
  }

  @Test
  void nullsAndEmptyListsAreTold() {
    Path file = folder.resolve("t.parquet");
    try (TableWriter<Rubric> writer = TableWriter.open(file, Tables.RUBRICS, Map.of())) {
      writer.write(SampleRows.RUBRICS.get(0));
    }
    Map<String, Object> row = ParquetRows.read(file, 1).get(0);
    assertThat(row).containsEntry("solution_id", null).containsEntry("criteria", List.of());
    assertThat(row.keySet())
        .containsExactly("rubric_id", "problem_id", "solution_id", "criteria", "provenance");
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> row) {
    Map<String, Object> kept = new LinkedHashMap<>(row);
    kept.values().removeIf(Objects::isNull);
    return kept;
  }
}

package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexedRowsTest {
  private static final RowKey.Column KEY = new RowKey.Column("q");

  private static Path numbered(Path folder, String kind, int count) throws IOException {
    Path file = folder.resolve("rows." + kind);
    List<String> lines = new ArrayList<>();
    if (kind.equals("csv")) {
      lines.add("q,long");
    }
    for (int i = 0; i < count; i++) {
      // Lines of 1 to 4 KB, so that many begin in one buffer and end in the next.
      String text = "é".repeat(500 + i * 37 % 1500);
      lines.add(
          kind.equals("csv")
              ? "%d,\"%s\n\"\"x\"\"\"".formatted(i % 700, text)
              : "{\"q\": %d, \"long\": \"%s\"}".formatted(i % 700, text));
      if (i % 50 == 0 && !kind.equals("csv")) {
        lines.add(" \t\r");
      }
    }
    return Files.write(file, lines, StandardCharsets.UTF_8);
  }

  private static List<String> read(IndexedRows rows, Integer... indexes) {
    List<String> read = new ArrayList<>();
    rows.forEach(
        new TreeSet<>(List.of(indexes)), (row, index) -> read.add(index + ":" + row.text("q")));
    return read;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void readsFromAnyRowOn(String kind, @TempDir Path folder) throws IOException {
    IndexedRows rows = IndexedRows.of(numbered(folder, kind, 1000), null, KEY);
    assertThat(rows.count()).isEqualTo(1000);
    for (int from : new int[] {0, 1, 63, 64, 65, 640, 999}) {
      Integer[] range =
          IntStream.range(from, Math.min(1000, from + 150)).boxed().toArray(Integer[]::new);
      assertThat(read(rows, range))
          .isEqualTo(
              IntStream.range(from, Math.min(1000, from + 150))
                  .mapToObj(i -> i + ":" + i % 700)
                  .collect(Collectors.toList()));
    }
    assertThat(read(rows, 999, 3, 4, 200, 64))
        .containsExactly("3:3", "4:4", "64:64", "200:200", "999:299");
    assertThat(read(rows)).isEmpty();
  }

  @Test
  void knowsTheFirstRowOfEachKey(@TempDir Path folder) throws IOException {
    IndexedRows rows = IndexedRows.of(numbered(folder, "jsonl", 1000), null, KEY);
    for (int key = 0; key < 700; key++) {
      assertThat(rows.first(Integer.toString(key))).isEqualTo(key);
    }
    assertThat(rows.first("700")).isEqualTo(-1);
  }

  @Test
  void oneReadingServesAllUnitsUntilTheFileChanges(@TempDir Path folder) throws IOException {
    Path file = numbered(folder, "jsonl", 10);
    IndexedRows rows = IndexedRows.of(file, null, KEY);
    assertThat(IndexedRows.of(file, null, new RowKey.Column("q"))).isSameAs(rows);
    assertThat(IndexedRows.of(file, 5, KEY).count()).isEqualTo(5);
    assertThat(IndexedRows.of(file, null, new RowKey.Column("long"))).isNotSameAs(rows);
    Files.writeString(file, "{}\n", java.nio.file.StandardOpenOption.APPEND);
    assertThat(IndexedRows.of(file, null, KEY).count()).isEqualTo(11);
  }

  @Test
  void emptyFileHasNoRows(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("none.jsonl"), "\n\n");
    assertThat(IndexedRows.of(file, null, KEY).count()).isZero();
    Path csv = Files.writeString(folder.resolve("none.csv"), "q\n");
    assertThat(IndexedRows.of(csv, null, KEY).count()).isZero();
  }

  @Test
  void bytesThatAreNoTextAreNamedByLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latin.jsonl");
    Files.write(file, "{\"q\": 1}\n{\"q\": \"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> IndexedRows.of(file, null, KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Reading rows of '%s': line 2 is not JSON (".formatted(file));
  }
}

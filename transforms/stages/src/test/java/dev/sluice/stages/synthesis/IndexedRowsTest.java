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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexedRowsTest {
  private static final RowKey KEY = new RowKey.Question("q", null);

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jsonl|LF", "jsonl|CRLF", "jsonl|CR", "jsonl|LF CR CRLF", "jsonl|CR CR LF", "jsonl|CRLF CR",
        "csv|LF", "csv|CRLF", "csv|CR", "csv|LF CR CRLF", "csv|CR CR LF", "csv|CRLF CR"
      })
  void readsEveryRowWhateverEndsItsLine(String kind, String ends, @TempDir Path folder)
      throws IOException {
    String[] each = ends.replace("CR", "\r").replace("LF", "\n").split(" ", -1);
    boolean csv = kind.equals("csv");
    StringBuilder text = new StringBuilder(csv ? "q,long" + each[0] : "");
    int count = 300;
    for (int i = 0; i < count; i++) {
      // Ends fall on every side of the 64 KB that are read at once.
      String filler = "x".repeat(200 + i * 37 % 1500);
      text.append(csv ? i + "," + filler : "{\"q\": " + i + ", \"long\": \"" + filler + "\"}");
      text.append(i == count - 1 ? "" : each[i % each.length]);
      text.append(i % 41 == 0 ? each[i % each.length] : "");
    }
    Path file = Files.writeString(folder.resolve("rows." + kind), text);
    IndexedRows rows = IndexedRows.of(file, null, KEY);
    assertThat(rows.count()).isEqualTo(count);
    Integer[] all = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    assertThat(read(rows, all))
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> i + ":" + i).toList());
    assertThat(read(rows, 64, 129, 299)).containsExactly("64:64", "129:129", "299:299");
  }

  @Test
  void endOfALineThatTheBufferCutsIsOne(@TempDir Path folder) throws IOException {
    for (int spare = -3; spare <= 3; spare++) {
      String filler = "x".repeat((1 << 16) + spare - "{\"q\": 0, \"long\": \"\"}".length());
      Path file =
          Files.writeString(
              folder.resolve("cut" + spare + ".jsonl"),
              "{\"q\": 0, \"long\": \"" + filler + "\"}\r\n{\"q\": 1}\r\n\r{\"q\": 2}\r");
      assertThat(read(IndexedRows.of(file, null, KEY), 0, 1, 2))
          .containsExactly("0:0", "1:1", "2:2");
    }
  }

  @Test
  void rowThatACarriageReturnCutsIsRefusedByItsLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("cut.jsonl"), "{\"q\": 0}\r{\"q\":\r1}\n{\"q\": 2}\n");
    assertThatThrownBy(() -> IndexedRows.of(file, null, KEY))
        .hasMessageStartingWith("Reading rows of '%s': line 2 is not JSON (".formatted(file));
  }

  @Test
  void knowsTheRowsOfEachKey(@TempDir Path folder) throws IOException {
    IndexedRows rows = IndexedRows.of(numbered(folder, "jsonl", 1000), null, KEY);
    for (int key = 0; key < 700; key++) {
      assertThat(rows.all(RowKey.ofText(Integer.toString(key))))
          .isEqualTo(key < 300 ? List.of(key, key + 700) : List.of(key));
      assertThat(rows.repeats(key)).isFalse();
    }
    assertThat(rows.all(RowKey.ofText("700"))).isEmpty();
    assertThat(rows.repeats(700)).isTrue();
    assertThat(rows.repeated()).isEqualTo(300);
  }

  @Test
  void rowsWithAnEqualTextOrAnEqualIdBelongTogether(@TempDir Path folder) throws IOException {
    Path file =
        Files.write(
            folder.resolve("ids.jsonl"),
            List.of(
                "{\"q\": \"a\", \"id\": 1}",
                "{\"q\": \"b\", \"id\": 2}",
                "{\"id\": 1}",
                "{\"q\": \"b\"}",
                "{\"q\": \"a, worded otherwise\", \"id\": 1.0}",
                "{\"q\": \" \"}",
                "{\"q\": \"a, worded otherwise\"}"));
    IndexedRows rows = IndexedRows.of(file, null, new RowKey.Question("q", "id"));
    assertThat(rows.all(RowKey.ofId("1"))).containsExactly(0, 2, 4, 6);
    assertThat(rows.all(RowKey.ofText("a"))).containsExactly(0, 2, 4, 6);
    assertThat(rows.all(RowKey.ofText("b"))).containsExactly(1, 3);
    assertThat(rows.repeats(5)).isFalse();
    assertThat(rows.repeated()).isEqualTo(4);
  }

  @Test
  void oneReadingServesAllUnitsUntilTheFileChanges(@TempDir Path folder) throws IOException {
    Path file = numbered(folder, "jsonl", 10);
    IndexedRows rows = IndexedRows.of(file, null, KEY);
    assertThat(IndexedRows.of(file, null, new RowKey.Question("q", null))).isSameAs(rows);
    assertThat(IndexedRows.of(file, 5, KEY).count()).isEqualTo(5);
    assertThat(IndexedRows.of(file, null, new RowKey.Question("long", null))).isNotSameAs(rows);
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

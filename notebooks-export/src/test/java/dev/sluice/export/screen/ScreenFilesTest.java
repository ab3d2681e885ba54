package dev.sluice.export.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.ExportException;
import dev.sluice.export.screen.Screen.Overlap;
import dev.sluice.export.screen.Screen.SetSize;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.records.schema.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenFilesTest {
  private static final String LINES =
      """
      {"question": "one two", "meta": {"text": "deep"}, "a.b": "dotted", "n": 12}
      {"question": null}

      {"other": "x"}
      {"question": "Größe\\nist 3"}
      """;

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path temporary) {
    folder = temporary;
  }

  record Row(@Column("A question.") @Nullable String question, @Column("Its level.") int level) {}

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static Screen read(Path file, String column) {
    Screen screen = Screen.of(ScreenRule.DEFAULT);
    screen.addFile("set", file, column);
    return screen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.jsonl", "t.NDJSON"})
  void addFile_jsonl_rowsAreThoseOfTheFile(String name) throws IOException {
    Screen screen = read(file(name, LINES), "question");
    assertThat(screen.sets()).containsExactly(new SetSize("set", 2));
    assertThat(screen.find("One two!")).contains(new Overlap("set", 0, 1, "one two"));
    assertThat(screen.find("größe ist 3")).contains(new Overlap("set", 3, 1, "Größe\nist 3"));
  }

  @ParameterizedTest
  @CsvSource({"meta.text, deep", "a.b, dotted", "n, 12"})
  void addFile_fieldOfAnObject_isReachedWithADot(String column, String text) throws IOException {
    assertThat(read(file("t.jsonl", LINES), column).find(text))
        .contains(new Overlap("set", 0, 1, text));
  }

  @Test
  void addFile_byteOrderMarkAndCarriageReturns_areNoText() throws IOException {
    Path file = file("t.jsonl", "\uFEFF{\"question\": \"a\"}\r\n{\"question\": \"b\"}\r\n");
    assertThat(read(file, "question").find("b")).contains(new Overlap("set", 1, 1, "b"));
  }

  @Test
  void addFile_csvWithByteOrderMark_isRead() throws IOException {
    Path file = file("t.csv", "\uFEFFquestion,id\r\na,1\r\n");
    assertThat(read(file, "question").find("a")).contains(new Overlap("set", 0, 1, "a"));
  }

  @Test
  void addFile_csvWithMoreValuesThanNames_isRefusedWithTheLine() throws IOException {
    assertThatThrownBy(() -> read(file("t.csv", "question\na\nb,c\n"), "question"))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("line 3 cannot be read as CSV (Too many entries")
        .hasMessageEndingWith("Mend the file, or write it as JSONL.");
  }

  @Test
  void addFile_csvWithOpenQuote_isRefused() throws IOException {
    assertThatThrownBy(() -> read(file("t.csv", "question\n\"a\nb\n"), "question"))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("cannot be read as CSV (");
  }

  @Test
  void addFile_csv_quotedTextsAreWhole() throws IOException {
    Path file = file("t.csv", "id,question\n1,\"two\nlines, \"\"quoted\"\"\"\n\n2,\n3,four\n");
    Screen screen = read(file, "question");
    assertThat(screen.find("two lines quoted"))
        .contains(new Overlap("set", 0, 1, "two\nlines, \"quoted\""));
    assertThat(screen.find("four")).contains(new Overlap("set", 2, 1, "four"));
  }

  @Test
  void addFile_parquet_isRead() {
    Path file = folder.resolve("t.parquet");
    try (TableWriter<Row> writer = TableWriter.open(file, Table.of("rows", Row.class), Map.of())) {
      writer.write(new Row(null, 1));
      writer.write(new Row("one two", 2));
    }
    assertThat(read(file, "question").find("one two"))
        .contains(new Overlap("set", 1, 1, "one two"));
    assertRefused(
        file,
        "answer",
        "none of its 2 rows has a field 'answer'; the first row has: question, level. Name the column that holds the text.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t.jsonl | '' | it has no rows. Name a file with the texts to keep out.",
        "t.jsonl | '\n \n' | it has no rows. Name a file with the texts to keep out.",
        "t.csv | 'question\n' | it has no rows. Name a file with the texts to keep out.",
        "t.csv | 'q,a\n1,2\n' | none of its 1 rows has a field 'question'; the first row has: q, a. Name the column that holds the text.",
        "t.jsonl | '{\"question\": \" \"}\n{\"question\": null}' | the field 'question' is empty in all of its 2 rows. Name the column that holds the text.",
        "t.jsonl | '[1]' | line 1 is not an object of fields such as {\"question\": \"...\"}. Mend or remove the line.",
        "t.txt | 'question' | its ending tells the kind of file, and is .jsonl, .csv or .parquet. Rename or convert it.",
        "t | '' | its ending tells the kind of file, and is .jsonl, .csv or .parquet. Rename or convert it.",
      })
  void addFile_fileWithoutTheTexts_isRefused(String name, String text, String why)
      throws IOException {
    assertRefused(file(name, text), "question", why);
  }

  @Test
  void addFile_missingFile_isRefused() {
    assertRefused(folder.resolve("t.jsonl"), "question", "it is not there. Check the path.");
    assertRefused(folder.resolve("t.csv"), "question", "it is not there. Check the path.");
    assertRefused(folder.resolve("t.parquet"), "question", "it is not there. Check the path.");
    assertRefused(folder, "question", "it is a folder. Name a file in it.");
  }

  @Test
  void addFile_brokenFile_isRefusedWithTheLine() throws IOException {
    assertThatThrownBy(
            () -> read(file("t.jsonl", "{\"question\": \"a\"}\n{\"question\": "), "question"))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith(
            "The texts to keep out cannot be read from '%s': line 2 is not JSON ("
                .formatted(folder.resolve("t.jsonl")))
        .hasMessageEndingWith("). Mend or remove the line.");
    Files.write(folder.resolve("t.jsonl"), new byte[] {'{', (byte) 0xff, '}'});
    assertRefused(
        folder.resolve("t.jsonl"), "question", "its bytes are no text in UTF-8. Check the file.");
    Files.write(folder.resolve("t.parquet"), new byte[] {'P', 'A', 'R'});
    assertThatThrownBy(() -> read(folder.resolve("t.parquet"), "question"))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("The texts to keep out cannot be read: The file ")
        .hasMessageContaining("t.parquet");
  }

  private static void assertRefused(Path file, String column, String why) {
    assertThatThrownBy(() -> read(file, column))
        .isInstanceOf(ExportException.class)
        .hasMessage("The texts to keep out cannot be read from '%s': %s".formatted(file, why));
  }
}

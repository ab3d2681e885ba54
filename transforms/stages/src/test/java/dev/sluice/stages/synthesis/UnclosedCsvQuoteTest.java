package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A quote that is never closed is told at the line where it opens, not at the end of the file. */
final class UnclosedCsvQuoteTest {
  private Path folder;

  @BeforeEach
  void begin(@TempDir Path temporary) {
    folder = temporary;
  }

  private Path file(String escaped) throws IOException {
    String text = escaped.replace("\\n", "\n").replace("\\r", "\r");
    return Files.writeString(folder.resolve("rows.csv"), text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "q,a\\n1,2\\n\"three,4\\n5,6\\n7,8\\n | 3",
        "q,a\\r\\n1,2\\r\\n3,\"four\\r\\n5,6\\r\\n | 3",
        "q,a\\r1,2\\r3,\"four\\r5,6\\r | 3",
        "q,a\\n\"one\\nstill one\",2\\n\"a \"\"word\"\"\",\"open\\n | 4",
        "\"q,a\\n1,2\\n | 1",
        "q,a\\n1,2\\n3,\" | 3",
        "q,a\\n1,\"\"\"\\n2,3\\n | 2",
        "q,a\\n1,\"two\\n3,4\\n5,\\n\\n\\n | 2",
      })
  void quoteThatIsNeverClosed_isToldWhereItOpens(String text, int line) throws IOException {
    Path file = file(text);
    assertThat(UnclosedCsvQuote.line(file)).isEqualTo(line);
    assertThatThrownBy(() -> FileRows.open(file, Integer.MAX_VALUE).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Reading rows of '%s': line %d cannot be read as CSV (the quote that opens there is never closed). Close it, or double a quote that belongs to the text."
                .formatted(file, line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "q,a\\n1,2\\n",
        "q,a\\n\"one\",\"two\"\\n",
        "q,a\\n5\" pipe,6\\n",
        "q,a\\n\"say \"\"no\"\"\",\"\"\\n",
        "q,a\\n\"one\\n\\n\\ntwo\",2",
      })
  void quotesThatAreClosed_areNone(String text) throws IOException {
    assertThat(UnclosedCsvQuote.line(file(text))).isZero();
  }
}

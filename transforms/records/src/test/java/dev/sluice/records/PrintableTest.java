package dev.sluice.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that quote what strangers wrote. */
class PrintableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a b|a b",
        "é漢|é漢",
        "x\u001b[2J|x\\u001b[2J",
        "a\u202eb|a\\u202eb",
        "\u009b|\\u009b",
        "\ufeffx|\\ufeffx"
      })
  void line_withWhatATerminalActsOn_isEscaped(String text, String line) {
    assertThat(Printable.line(text)).isEqualTo(line);
  }

  @Test
  void line_withLineFeedAndTab_isOneLine() {
    assertThat(Printable.line("a\nb\tc\r")).isEqualTo("a\\u000ab\\u0009c\\u000d");
    assertThat(Printable.text("a\nb\tc")).isEqualTo("a\nb\tc");
  }

  @Test
  void sentence_longerThanAPersonReads_keepsItsBeginningAndItsEnd() {
    assertThat(Printable.sentence("a".repeat(2000))).isEqualTo("a".repeat(2000));
    assertThat(Printable.sentence("a".repeat(2000) + "b".repeat(400)))
        .isEqualTo("a".repeat(1600) + " ... " + "b".repeat(400));
    assertThat(Printable.sentence("\u001b".repeat(100_000))).hasSize(2005);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1 2}|This is not JSON: Unexpected character ('2' (code 50)): was expecting comma to separate Object entries",
        "[1, 1, ]|This is not JSON: Unexpected character (']' (code 93)): expected a value",
        "{\"a\":1,\"a\":2}|This is not JSON: Duplicate field 'a'",
        "[tru]|This is not JSON: Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
      })
  void jsonFault_isOneLineWithoutAPlaceInTheLibrary(String json, String message) {
    assertThatThrownBy(() -> Json.parse(json))
        .isInstanceOf(JsonException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void jsonBeyondABound_isRefusedWithoutAClassOfTheLibrary(int kind) {
    String json = kind == 0 ? "[".repeat(2000) : "9".repeat(2000);
    assertThatThrownBy(() -> Json.parse(json))
        .isInstanceOf(JsonException.class)
        .hasMessage(
            kind == 0
                ? "This is not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)"
                : "This is not JSON: Number value length (2000) exceeds the maximum allowed (1000)");
  }
}

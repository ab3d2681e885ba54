package dev.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text of a run leaves it byte for byte, in every format. */
final class TextsTest {
  private static final List<String> TEXTS = new ArrayList<>();

  @TempDir private static Path shared = Path.of("");
  private static @Nullable RunView made;
  private static @Nullable RunView withNul;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void makeRun() throws IOException {
    TEXTS.clear();
    TEXTS.addAll(
        List.of(
            "plain",
            "\"quoted\", 'single', \\back\\slash, \"\"twice\"\"",
            "line\nfeed\r\nand\rreturn\ttab",
            "U+2028\u2028 U+2029\u2029 NEL\u0085 BOM\uFEFF",
            "עברית \u202e right to left \u202c العربية",
            "e\u0301 is not \u00e9",
            "\uD83E\uDD13\uD83D\uDC68\u200D\uD83D\uDC69 emoji",
            "{\"json\": [1, null]}, ```code```, $\\frac{1}{2}$, <|im_end|>",
            " leading and trailing \n",
            "\u0001\u001F\u007F control",
            "x".repeat(1 << 20)));
    Random random = new Random(5);
    for (int i = 0; i < 30; i++) {
      StringBuilder text = new StringBuilder("r").append(i);
      for (int k = 0; k < 20; k++) {
        int c = 1 + random.nextInt(Character.MAX_CODE_POINT);
        if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
          text.appendCodePoint(c);
        }
      }
      TEXTS.add(text.toString());
    }
    made = FakeRun.ofTexts(shared.resolve("ws"), TEXTS);
    withNul = FakeRun.ofTexts(shared.resolve("nul"), List.of("fine", "a\u0000b"));
  }

  static Stream<String> formats() {
    return Exported.formats();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyText_survives(String format) {
    RunView run = Objects.requireNonNull(made);
    ExportRequest request = Exported.request(format, folder.resolve("out"));
    ExportReport report =
        Exports.run(
            run, format, Exported.isOfProblems(format) ? request.stage("problems") : request);
    for (ExportReport.ExportedFile file : report.files()) {
      Set<String> strings = new TreeSet<>();
      for (Map<String, @Nullable Object> row : Exported.rows(Path.of(file.path()))) {
        collect(row, strings);
      }
      // Some formats join texts with others, or put them as JSON into one.
      String all = String.join("\u0000", strings);
      for (String text : TEXTS) {
        String json = Json.compact(text);
        assertThat(
                strings.contains(text)
                    || all.contains(text)
                    || all.contains(json.substring(1, json.length() - 1)))
            .as("%s in %s", text.substring(0, Math.min(60, text.length())), file.path())
            .isTrue();
      }
    }
  }

  private static void collect(@Nullable Object value, Set<String> strings) {
    if (value instanceof String text) {
      strings.add(text);
    } else if (value instanceof List<?> list) {
      list.forEach(each -> collect(each, strings));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(each -> collect(each, strings));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aTextWithNul_isRefusedByName(String format) {
    RunView run = Objects.requireNonNull(withNul);
    ExportRequest request = Exported.request(format, folder.resolve("out"));
    assertThatThrownBy(
            () ->
                Exports.run(
                    run,
                    format,
                    Exported.isOfProblems(format) ? request.stage("problems") : request))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching(
            "The row of .* cannot be exported: its column '[a-z_]+' holds the character NUL \\(U\\+0000, at \\d+\\), which not every reader takes\\. Leave the row out with --where, or the column out with --columns\\.");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}

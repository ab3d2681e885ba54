package dev.sluice.export.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.ExportException;
import dev.sluice.records.Message;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import dev.sluice.records.schema.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ValueCheckTest {
  private record One(@Column("A text.") String text) {}

  private static final List<TableColumn> COLUMNS = Table.of("one", One.class).columns();

  private static void check(@Nullable Object value) {
    ValueCheck.check(new Row(new @Nullable Object[] {value}), COLUMNS, "s1");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("a\u0000", "the character NUL (U+0000, at 1)"),
        Arguments.of("a\uD83Db", "half of a surrogate pair (U+D83D, at 1)"),
        Arguments.of("\uDD13", "half of a surrogate pair (U+DD13, at 0)"),
        Arguments.of("\uD83D", "half of a surrogate pair (U+D83D, at 0)"),
        Arguments.of("\uD83D\uD83D\uDD13", "half of a surrogate pair (U+D83D, at 0)"),
        Arguments.of(List.of("fine", "\u0000"), "the character NUL (U+0000, at 0)"),
        Arguments.of(
            List.of(Message.user("fine"), new Message("user", "x\uDC00")),
            "half of a surrogate pair (U+DC00, at 1)"),
        Arguments.of(Map.of("\uD800", 1.0), "half of a surrogate pair (U+D800, at 0)"),
        Arguments.of(Map.of("reward", Double.NaN), "the number NaN"),
        Arguments.of(List.of(0.5, Double.NEGATIVE_INFINITY), "the number -Infinity"),
        Arguments.of(Float.NaN, "the number NaN"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Object value, String fault) {
    assertThatThrownBy(() -> check(value))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "The row of s1 cannot be exported: its column 'text' holds %s, which not every reader takes. Leave the row out with --where, or the column out with --columns."
                .formatted(fault));
  }

  @Test
  void everythingElse_isTaken() {
    for (Object value :
        List.of("", "\uD83E\uDD13 \u2028\r\n\t\u0001", List.of(), Map.of(), 0.0, -1, true)) {
      assertThatCode(() -> check(value)).doesNotThrowAnyException();
    }
    assertThatCode(() -> check(null)).doesNotThrowAnyException();
  }
}

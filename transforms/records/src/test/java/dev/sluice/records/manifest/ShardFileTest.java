package dev.sluice.records.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.parquet.RowDigest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardFileTest {
  private static ShardFile file(long rows, long bytes) {
    return new ShardFile("t", "p", rows, bytes, "0", RowDigest.sum(List.of()).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, -1",
    "9223372036854775807, 1",
    "1, 9223372036854775807",
    "1, 1125899906842625"
  })
  void numberOfNoFile_isRefused(long rows, long bytes) {
    assertThatThrownBy(() -> file(rows, bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A file cannot have %d rows and %d bytes.", rows, bytes);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1125899906842624, 1125899906842624"})
  void numberOfAFile_isTaken(long rows, long bytes) {
    assertThat(file(rows, bytes).bytes()).isEqualTo(bytes);
  }
}

package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.Message;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.SampleRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowDigestTest {

  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(
            Tables.PROBLEMS,
            "d0427fbc938bb0a2e2fb7ffff9415f84e9a206b62ae7ebe626405a5e4e2328c90000000000000003"),
        Arguments.of(
            Tables.SOLUTIONS,
            "30070dd435c12abd17786f99c504c8f0af069786df32627c5f20d65524a03ae70000000000000003"),
        Arguments.of(
            Tables.RUBRICS,
            "e059cd67cc64b2c51be112c0acb74dad3d9f1bc939004dd2a8da940def211deb0000000000000002"),
        Arguments.of(
            Tables.VERIFICATIONS,
            "05f5c817f311c463c11c80ea38bbdc3888a63673b9e36c4a649b87d9be4eb7f20000000000000002"),
        Arguments.of(
            Tables.STEP_LABELS,
            "a6ebd5fc1258b94c9b4ef311c2b1b0e5c1c68fe9596a3e3234d4db08b19ac5350000000000000002"),
        Arguments.of(
            Tables.PREFERENCES,
            "4e38dc698e14ddd44d3cc52d3dfad5a537e28ffddb01d09214aaa2d0c38be3ef0000000000000001"),
        Arguments.of(
            Tables.ROLLOUTS,
            "7adcd0304a98eb7764cc0fbb3440d626db1c34dec4705a8fc0e356f60726d9fa0000000000000002"),
        Arguments.of(
            Tables.DEV_ROLLOUTS,
            "fa56e9298c494b99816d451f8d11af18ffb51b2b4b0ec88a21c5b8c42ed2b2b70000000000000002"),
        Arguments.of(
            Tables.METRICS,
            "0c17fe2ec8123c1b01fbd3fb8411d4d8cef1ac6341a4a51f8aab43b0516b596e0000000000000002"),
        Arguments.of(
            Tables.EXAMPLES,
            "09ecd9849fa2f29306d8530e52560b8422929d312fe2808c1126abb082cbd23a0000000000000002"),
        Arguments.of(
            Tables.DEAD_LETTERS,
            "3419655cc22110acdf05776cf8959044d83505ea8f28a0520b04ba188df43d250000000000000001"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  <R extends Record> void digestsStayWhatTheyAre(Table<R> table, String digest) {
    assertThat(RowDigest.of(table, SampleRows.of(table))).hasToString(digest);
  }

  @Test
  void theBytesOfARowAreAsTheSpecificationSays() {
    // dead_letters: table name, then failed_row, stage, record_id, error_class, retriable.
    RowEncoder encoder = new RowEncoder();
    encoder.text("dead_letters");
    for (String text : List.of("{}", "VerifySolutions", "v9", "timeout")) {
      encoder.flag(true);
      encoder.text(text);
    }
    encoder.flag(true);
    encoder.flag(true);
    byte[] hash = new byte[32];
    encoder.hash(hash);
    assertThat(RowDigest.of(Tables.DEAD_LETTERS, SampleRows.DEAD_LETTERS))
        .hasToString(HexFormat.of().formatHex(hash) + "0000000000000001");
  }

  @Test
  void orderAndCutDoNotMatter() {
    List<Problem> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(new Problem("p" + i, List.of(), null, "", i, Map.of()));
    }
    RowDigest whole = RowDigest.of(Tables.PROBLEMS, rows);
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(rows, random);
      int cut = random.nextInt(rows.size() + 1);
      RowDigest left = RowDigest.of(Tables.PROBLEMS, rows.subList(0, cut));
      RowDigest right = RowDigest.of(Tables.PROBLEMS, rows.subList(cut, rows.size()));
      assertThat(left.plus(right)).isEqualTo(whole);
      assertThat(right.plus(left)).hasToString(whole.toString());
    }
    assertThat(whole.rows()).isEqualTo(500);
  }

  @Test
  void sumsCarryOverAllWords() {
    RowDigest most = RowDigest.parse("f".repeat(64) + "0".repeat(15) + "1");
    RowDigest one = RowDigest.parse("0".repeat(63) + "1" + "0".repeat(15) + "1");
    assertThat(most.plus(one)).hasToString("0".repeat(64) + "0".repeat(15) + "2");
    assertThat(most.plus(most)).hasToString("f".repeat(63) + "e" + "0".repeat(15) + "2");
    assertThat(RowDigest.sum(List.of(most, one, one)))
        .hasToString("0".repeat(63) + "1" + "0".repeat(15) + "3");
  }

  @Test
  void repeatedRowsCount() {
    Message twice = Message.user("x");
    Problem row = new Problem("p", List.of(twice), null, "", null, Map.of());
    assertThat(RowDigest.of(Tables.PROBLEMS, List.of(row, row)))
        .isNotEqualTo(RowDigest.of(Tables.PROBLEMS, List.of(row)))
        .isNotEqualTo(RowDigest.EMPTY);
  }

  @Test
  void originsTimesAndRatesDoNotCount() {
    Problem row = new Problem("p", List.of(), null, "here", null, Map.of());
    Problem moved = new Problem("p", List.of(), null, "there", null, Map.of());
    assertThat(RowDigest.of(Tables.PROBLEMS, List.of(row)))
        .isEqualTo(RowDigest.of(Tables.PROBLEMS, List.of(moved)));
    assertThat(
            RowDigest.of(
                Tables.METRICS,
                List.of(
                    Metric.of("S", 0, 0, "time/step", 1), Metric.of("S", 0, 0, "rate/tokens", 2))))
        .isEqualTo(RowDigest.EMPTY);
  }

  @Test
  void zeroAndMinusZeroAndTheTableAreTold() {
    Metric zero = Metric.of("S", 0, 0, "m", 0.0);
    Metric minus = Metric.of("S", 0, 0, "m", -0.0);
    assertThat(RowDigest.of(Tables.METRICS, List.of(zero)))
        .isNotEqualTo(RowDigest.of(Tables.METRICS, List.of(minus)));
    assertThat(RowDigest.of(Tables.ROLLOUTS, SampleRows.ROLLOUTS))
        .isNotEqualTo(RowDigest.of(Tables.DEV_ROLLOUTS, SampleRows.ROLLOUTS));
  }

  @Test
  void otherTextIsRefused() {
    assertThatThrownBy(() -> RowDigest.parse("abc"))
        .hasMessage(
            "A row digest is 80 hexadecimal digits (the sum of the hashes, then the number of rows), not 'abc'.");
    assertThatThrownBy(() -> RowDigest.parse("ab")).hasMessageContaining("not 'ab'");
  }
}

package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.run.folder.RunProgress;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.records.Metric;
import dev.sluice.records.RowFilter;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Usage;
import dev.sluice.runners.cli.run.ProgressView;
import dev.sluice.runners.cli.run.RunTable;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people see: tables, bars, filters. */
final class ViewsTest {
  private static RunProgress progress(Duration elapsed, Duration silent) {
    return new RunProgress(
        "votes",
        "round 2 of 4",
        3,
        5,
        10,
        5,
        1500,
        3000L,
        false,
        4500,
        9000L,
        25,
        100,
        0.5,
        elapsed,
        elapsed,
        elapsed.multipliedBy(5),
        silent);
  }

  @Test
  void showsABarWithRatesAndTheTimeLeft() {
    assertThat(ProgressView.text(progress(Duration.ofSeconds(60), Duration.ZERO), true))
        .isEqualTo(
            "[3/5] votes, round 2 of 4  [############------------]  1,500/3,000 rows  5/10 shards  4,500/9,000 replies  25.0 rows/s  100 tokens/s  1:00, 1:00 left, 5:00 of the run");
  }

  @Test
  void saysOnceThatAStageStalled() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    ProgressView view = new ProgressView(new Terminal(stream, stream, 0));
    view.progress(progress(Duration.ofSeconds(70), Duration.ofSeconds(65)));
    view.progress(progress(Duration.ofSeconds(71), Duration.ofSeconds(66)));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("  votes  no progress for 1:05\n");
  }

  @Test
  void writesALineEveryFiveSecondsWhereThereIsNoTerminal() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    ProgressView view = new ProgressView(new Terminal(stream, stream, 0));
    for (int second = 1; second <= 11; second++) {
      view.progress(progress(Duration.ofSeconds(second), Duration.ZERO));
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
  }

  @Test
  void stoppedStage_saysWhatIsDone() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    new ProgressView(new Terminal(stream, stream, 0))
        .ended(
            new StageReport(
                "votes",
                "VerifySolutions",
                "f",
                StageReport.State.NOT_RUN,
                null,
                new Counts(40, 320, 317, 3, 0),
                4,
                0,
                Usage.NONE,
                61.4,
                null));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("stopped votes: 317 rows out, 3 dead, 1:01; 4 finished shards are kept\n");
  }

  @Test
  void printsStagesAndMetricsInColumns() {
    RunReport report =
        new RunReport(
            "r",
            RunState.SUCCEEDED,
            true,
            3,
            List.of(
                new StageReport(
                    "votes",
                    "VerifySolutions",
                    "f",
                    StageReport.State.RESUMED,
                    "/a",
                    new Counts(1200, 9600, 9599, 1, 3),
                    10,
                    4,
                    new Usage(9600, 0, 1000, 2000, 0),
                    12.34,
                    null)),
            List.of(
                new RunReport.StageMetric(
                    "report", new Metric("Evaluate", 0, 0, "accuracy/base", 0.25, 0.2, 0.3, 400)),
                new RunReport.StageMetric(
                    "grpo", Metric.of("UpdatePolicy", 0, 0, "alarm/lines", 0))));
    assertThat(RunTable.stages(report))
        .isEqualTo(
            """
            stage  type             state    rows in    out  dead  shards  reused  tokens  seconds
            votes  VerifySolutions  resumed    1,200  9,599     1      10       4   3,000     12.3
            """);
    assertThat(RunTable.metrics(report))
        .isEqualTo(
            """
            policy           base                    trained
            accuracy, T = 1  0.250 (0.200 to 0.300)  -

            metric       value  95 % interval  n
            alarm/lines      0
            """);
  }

  @Test
  void choosesRows() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("status", "tie");
    row.put("votes", 3L);
    row.put("note", null);
    row.put("nested", Map.of("a", 1.5));
    assertThat(RowFilter.of("status = tie and votes >= 3").test(row)).isTrue();
    assertThat(RowFilter.of("status = 'tie' AND votes > 3").test(row)).isFalse();
    assertThat(RowFilter.of("note = null").test(row)).isTrue();
    assertThat(RowFilter.of("nested.a < 2").test(row)).isTrue();
    assertThat(RowFilter.of("status ~ i").test(row)).isTrue();
    assertThat(RowFilter.of("").test(row)).isTrue();
    assertThatThrownBy(() -> RowFilter.of("status is tie"))
        .hasMessage(
            "--where takes comparisons such as \"votes >= 3 and status = tie\" or \"any(agreement) < 0.5\", not 'status is tie'.");
    assertThatThrownBy(() -> RowFilter.of("vote = 3").test(row))
        .hasMessage("There is no column 'vote'; there are [status, votes, note, nested].");
  }

  @Test
  void writesTimesAndRates() {
    assertThat(Numbers.time(8.44)).isEqualTo("8.4 s");
    assertThat(Numbers.time(185)).isEqualTo("3:05");
    assertThat(Numbers.time(3729)).isEqualTo("1:02:09");
    assertThat(Numbers.rate(12345)).isEqualTo("12.3k");
    assertThat(Numbers.rate(123.4)).isEqualTo("123");
  }
}

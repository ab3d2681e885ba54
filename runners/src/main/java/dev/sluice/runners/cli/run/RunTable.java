package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.records.Metric;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.TextTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person sees at the end of a run: stages, metrics, what to try next. */
public final class RunTable {
  private RunTable() {}

  public static String stages(RunReport report) {
    TextTable table =
        new TextTable(
            "stage",
            "type",
            "state",
            ">rows in",
            ">out",
            ">dead",
            ">shards",
            ">reused",
            ">tokens",
            ">seconds");
    for (StageReport stage : report.stages()) {
      table.row(
          stage.name(),
          stage.type(),
          stage.state().label(),
          Numbers.whole(stage.counts().in()),
          Numbers.whole(stage.counts().out()),
          Numbers.whole(stage.counts().dead()),
          Numbers.whole(stage.shards()),
          Numbers.whole(stage.shardsReused()),
          Numbers.whole(stage.usage().promptTokens() + stage.usage().completionTokens()),
          Numbers.decimals(stage.seconds(), 1));
    }
    return table.toString();
  }

  /** Judges and policies side by side, then every other metric; empty if nothing was measured. */
  public static String metrics(RunReport report) {
    EvaluationTables evaluation = new EvaluationTables(report);
    StringBuilder text = new StringBuilder();
    for (String table : List.of(evaluation.judges(), evaluation.policies())) {
      text.append(table).append(table.isEmpty() ? "" : "\n");
    }
    TextTable table = new TextTable("metric", ">value", "95 % interval", ">n");
    for (RunReport.StageMetric each : report.metrics()) {
      Metric metric = each.metric();
      if (evaluation.shown().contains(metric.name())) {
        continue;
      }
      table.row(
          metric.name(),
          value(metric.value()),
          metric.low() == null ? "" : value(metric.low()) + " to " + value(metric.high()),
          metric.n() == null ? "" : Numbers.whole(metric.n()));
    }
    return text.append(table.isEmpty() ? "" : table.toString()).toString();
  }

  private static String value(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString(Math.round(value))
        : Numbers.decimals(value, 4);
  }
}

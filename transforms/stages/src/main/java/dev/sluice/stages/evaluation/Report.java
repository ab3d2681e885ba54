package dev.sluice.stages.evaluation;

import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Works the metrics out: the one place that compares anything with a reference. */
public final class Report {
  private final EvaluateConfig config;
  private final UnitContext context;

  Report(EvaluateConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  void work() {
    Evaluation evaluation = new Evaluation(config, context);
    List<Metric> metrics = new ArrayList<>(of(evaluation, false));
    if (context.has("dev_rollouts") && context.has("dev_problems")) {
      metrics.addAll(
          DevCurve.metrics(
              context.read("dev_rollouts", Tables.DEV_ROLLOUTS),
              problems(context, "dev_problems"),
              context.seed()));
    }
    metrics.addAll(of(evaluation, true));
    for (Metric metric : metrics) {
      context.write(Tables.METRICS, metric);
      if (metric.round() == 0 && metric.step() == 0) {
        MetricValues.put(context, metric);
      }
    }
    context.count(new Counts(evaluation.problems().size(), metrics.size(), metrics.size(), 0, 0));
  }

  private List<Metric> of(Evaluation evaluation, boolean stored) {
    return config.measured().stream()
        .filter(suite -> suite.ofStoredTables() == stored)
        .flatMap(suite -> suite.metrics(evaluation).stream())
        .toList();
  }

  /** The problems at a port by their ids, in the order of the table. */
  public static Map<String, Problem> problems(UnitContext context, String port) {
    Map<String, Problem> problems = new LinkedHashMap<>();
    context.forEach(port, Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
    return problems;
  }
}

package dev.sluice.stages.evaluation;

import dev.sluice.records.Counts;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.EvaluateConfig.Suite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Works the metrics out: the one place that compares anything with a reference. */
final class Report {
  private final EvaluateConfig config;
  private final UnitContext context;

  Report(EvaluateConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  void work() {
    Map<String, Problem> problems = problems(context, "problems");
    List<Metric> metrics = new ArrayList<>();
    for (String who : List.of("base", "policy")) {
      if (config.has(Suite.ACCURACY) && context.has("solutions." + who)) {
        metrics.addAll(
            new AccuracyMetrics(config, problems, context.seed())
                .of(who, context.read("solutions." + who, Tables.SOLUTIONS)));
      }
    }
    if (config.has(Suite.FIRST_ERROR)) {
      metrics.addAll(
          new FirstErrorMetrics(config, problems, context.seed())
              .of(
                  context.read("solutions.base", Tables.SOLUTIONS),
                  context.read("votes.verifier", Tables.VERIFICATIONS),
                  context.read("votes.reward", Tables.VERIFICATIONS)));
    }
    if (config.has(Suite.JUDGE)) {
      metrics.addAll(
          new JudgeMetrics(config, problems, context.seed())
              .of(
                  context.read("solutions.policy", Tables.SOLUTIONS),
                  context.read("votes.judge", Tables.VERIFICATIONS)));
    }
    if (context.has("dev_rollouts") && context.has("dev_problems")) {
      metrics.addAll(
          DevCurve.metrics(
              context.read("dev_rollouts", Tables.DEV_ROLLOUTS),
              problems(context, "dev_problems"),
              context.seed()));
    }
    metrics.addAll(new StoredMetrics(config, context).all());
    for (Metric metric : metrics) {
      context.write(Tables.METRICS, metric);
      if (metric.round() == 0 && metric.step() == 0) {
        MetricValues.put(context, metric);
      }
    }
    context.count(new Counts(problems.size(), metrics.size(), metrics.size(), 0, 0));
  }

  static Map<String, Problem> problems(UnitContext context, String port) {
    Map<String, Problem> problems = new LinkedHashMap<>();
    context.forEach(port, Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
    return problems;
  }
}

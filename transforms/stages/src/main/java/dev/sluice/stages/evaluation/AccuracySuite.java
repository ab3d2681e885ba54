package dev.sluice.stages.evaluation;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Kind;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How often base and policy solve problems: sampled, greedy, by the majority of the samples, and at
 * least once in k samples.
 */
@Kind(
    value = "accuracy",
    doc =
        "Accuracy of the base and the trained policy: sampled, greedy, majority of k samples (maj@k), and at least one of k samples (pass@k).")
@Method(
    name = "Accuracy, maj@k and pass@k",
    paper = "Evaluating Large Language Models Trained on Code, arXiv 2107.03374, eq. 1",
    formula = "pass@k = 1 - C(n - c, k) / C(n, k); 95 % by seeded bootstrap over problems",
    papers = "2107.03374")
public record AccuracySuite() implements Suite {

  @Override
  public Set<String> models() {
    return Set.of("base");
  }

  @Override
  public Set<String> samples() {
    return Set.of("base", "policy");
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    UnitContext context = evaluation.context();
    List<Metric> metrics = new ArrayList<>();
    for (String who : List.of("base", "policy")) {
      if (context.has("solutions." + who)) {
        metrics.addAll(
            new AccuracyMetrics(evaluation.config(), evaluation.problems(), context.seed())
                .of(who, context.read("solutions." + who, Tables.SOLUTIONS)));
      }
    }
    return metrics;
  }

  @Override
  public List<MetricDefinition> definitions() {
    return AccuracyMetrics.DEFINITIONS;
  }
}

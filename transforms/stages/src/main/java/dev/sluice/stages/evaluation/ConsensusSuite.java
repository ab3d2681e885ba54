package dev.sluice.stages.evaluation;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import java.util.List;

/** How right the answer is that more than half of the stored solutions share. */
@Kind(
    value = "consensus",
    doc = "Accuracy of the answer that more than half of the stored solutions share.")
@Method(
    name = "Accuracy of the consensus",
    formula = "share of problems whose shared answer equals the reference")
public record ConsensusSuite() implements Suite {

  @Override
  public boolean ofStoredTables() {
    return true;
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    return evaluation.stored().consensus();
  }

  @Override
  public List<MetricDefinition> definitions() {
    return StoredMetrics.CONSENSUS;
  }
}

package dev.sluice.stages.evaluation;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import java.util.List;

/** How right the labels of steps are, with and without the rubric as one more vote. */
@Kind(
    value = "labels",
    doc = "Accuracy of the step labels, with and without the rubric as an additional vote.")
@Method(
    name = "Quality of labels",
    formula = "share of labels with the right first error; first-error F1 of the votes")
public record LabelsSuite() implements Suite {

  @Override
  public boolean ofStoredTables() {
    return true;
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    return evaluation.stored().labels();
  }

  @Override
  public List<MetricDefinition> definitions() {
    return StoredMetrics.LABELS;
  }
}

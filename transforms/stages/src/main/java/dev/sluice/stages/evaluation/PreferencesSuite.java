package dev.sluice.stages.evaluation;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import java.util.List;

/** How right the order of preferences is. */
@Kind(value = "preferences", doc = "Accuracy of the preference pairs.")
@Method(
    name = "Quality of preferences",
    formula = "share of pairs whose chosen solution alone is right")
public record PreferencesSuite() implements Suite {

  @Override
  public boolean ofStoredTables() {
    return true;
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    return evaluation.stored().preferences();
  }

  @Override
  public List<MetricDefinition> definitions() {
    return StoredMetrics.PREFERENCES;
  }
}

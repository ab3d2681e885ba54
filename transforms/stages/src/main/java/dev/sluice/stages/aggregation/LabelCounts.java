package dev.sluice.stages.aggregation;

import dev.sluice.records.Metric;
import dev.sluice.records.StepLabel;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.dataset.DatasetContent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many labels a unit made, by their status and their class. */
final class LabelCounts {
  /** Of values for the driver's eyes alone. */
  private static final String OUTCOME = "outcome/";

  private final Map<String, Double> counts = new TreeMap<>();

  void add(StepLabel label) {
    counts.merge(LabelClasses.STATUS + label.status(), 1.0, Double::sum);
    if (!label.stepLabels().isEmpty() || label.outcome() != null) {
      counts.merge(OUTCOME + LabelClasses.of(label), 1.0, Double::sum);
    }
  }

  /** Leaves the counts to the driver. */
  void leave(UnitContext context) {
    counts.forEach(context::value);
  }

  /** Tells the sums over all units, and warns where nothing can be learned of the labels. */
  static void tell(StageDriver driver, List<UnitResult> results) {
    LabelClasses.warning(told(driver, results), OUTCOME).ifPresent(driver::warn);
  }

  /** Tells the same of labels from a file, and warns of solutions that it does not label. */
  static void tell(StageDriver driver, List<UnitResult> results, FileLabels file) {
    Map<String, Double> totals = told(driver, results);
    double labelled = totals.getOrDefault(LabelClasses.STATUS + LabelClasses.LABELLED, 0.0);
    double solutions = results.stream().mapToLong(result -> result.counts().in()).sum();
    if (labelled < solutions && file.dataset().contents().contains(DatasetContent.LABELS)) {
      driver.warn(
          "'%s' labels %d of %d solutions. A label is found by the problem and the text of its solution; a step without a rating leaves a solution without one, and one of a whole solution needs 'granularity: outcome'."
              .formatted(file.path(), Math.round(labelled), Math.round(solutions)));
    }
  }

  private static Map<String, Double> told(StageDriver driver, List<UnitResult> results) {
    Map<String, Double> totals = new TreeMap<>();
    for (UnitResult result : results) {
      result.values().forEach((name, value) -> totals.merge(name, value, Double::sum));
    }
    totals.forEach(
        (name, value) -> {
          if (!name.startsWith(OUTCOME)) {
            driver.metric(Metric.of(AggregateStepLabels.NAME, 0, 0, name, value));
          }
        });
    return totals;
  }
}

package dev.sluice.stages.evaluation;

import dev.sluice.records.Metric;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics with their intervals as the small values that a unit hands to the driver. */
final class MetricValues {
  private static final String LOW = "|low";
  private static final String HIGH = "|high";
  private static final String N = "|n";

  private MetricValues() {}

  static void put(UnitContext context, Metric metric) {
    context.value(metric.name(), metric.value());
    put(context, metric.name() + LOW, metric.low());
    put(context, metric.name() + HIGH, metric.high());
    put(context, metric.name() + N, metric.n());
  }

  private static void put(UnitContext context, String name, @Nullable Number value) {
    if (value != null) {
      context.value(name, value.doubleValue());
    }
  }

  /** The metrics that were put, by name. */
  static List<Metric> read(Map<String, Double> values) {
    List<Metric> metrics = new ArrayList<>();
    for (String name : values.keySet().stream().sorted().toList()) {
      if (name.indexOf('|') < 0) {
        Double n = values.get(name + N);
        metrics.add(
            new Metric(
                Evaluate.NAME,
                0,
                0,
                name,
                values.getOrDefault(name, Double.NaN),
                values.get(name + LOW),
                values.get(name + HIGH),
                n == null ? null : n.intValue()));
      }
    }
    return metrics;
  }
}

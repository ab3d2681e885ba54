package dev.sluice.runners.proof.report;

import dev.sluice.records.Metric;
import dev.sluice.runners.proof.measure.Estimate;
import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofRun;
import dev.sluice.stages.evaluation.Interval;
import java.util.Optional;
import java.util.function.Function;

/** First-error F1 of the labels with and without the rubric as an additional vote, by seed. */
final class RubricTable {
  private RubricTable() {}

  /** The table, from the quickstart's runs; empty text if they do not measure it. */
  static String of(Outcome quickstart) {
    Markdown table = new Markdown(">seed", ">votes only", ">with the rubric", ">difference");
    quickstart
        .runs()
        .forEach(
            (seed, run) -> {
              if (run.metric("labels/rubric_gain").isPresent()) {
                table.row(
                    Integer.toString(seed),
                    cell(run, "labels/first_error_f1", Estimate::brief),
                    cell(run, "labels/first_error_f1_with_rubric", Estimate::brief),
                    cell(run, "labels/rubric_gain", Estimate::signedBrief));
              }
            });
    return table.isEmpty() ? "" : table.toString();
  }

  private static String cell(ProofRun run, String name, Function<Estimate, String> text) {
    Optional<Metric> metric = run.metric(name);
    return metric.map(RubricTable::estimate).map(text).orElse("–");
  }

  private static Estimate estimate(Metric metric) {
    Double low = metric.low();
    Double high = metric.high();
    return Estimate.over(
        new double[] {metric.value()},
        low == null || high == null ? null : new Interval(low, high));
  }
}

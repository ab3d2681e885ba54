package dev.sluice.stages.selection;

import dev.sluice.methods.selection.Candidate;
import dev.sluice.records.Metric;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a unit scored and selected, as sums, so that units add up to the stage. */
final class SelectionCounts {
  private static final String SCORED = "select/scored";
  private static final String RIGHT = "select/right";
  private static final String SELECTED = "select/selected";
  private static final String PAIRS = "select/pairs";
  private static final String KEPT = "select/problems_kept";
  private static final String DROPPED = "select/problems_dropped";
  private static final String REWARD = "select/reward";
  private static final String SELECTED_REWARD = "select/reward_selected";
  private static final String PASS_RATE = "select/pass_rate";
  private static final String HISTOGRAM = "select/problems_pass_rate_";

  /** Of values for the driver alone. */
  private static final String PROBLEMS = "problems";

  private static final String MOST = "most";

  /** The classes of pass rates, in their order. */
  private static final List<String> ALL_CLASSES =
      List.of("none", "to_25", "to_50", "to_75", "to_99", "all");

  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.of(SCORED, "Solutions with a reward."),
          MetricDefinition.of(RIGHT, "Scored solutions whose reward is above 'success'."),
          MetricDefinition.of(REWARD, "Mean reward of the scored solutions."),
          MetricDefinition.of(SELECTED, "Solutions selected as training examples."),
          MetricDefinition.of(SELECTED_REWARD, "Mean reward of the selected solutions."),
          MetricDefinition.of(PAIRS, "Preference pairs; only with 'pairs'."),
          MetricDefinition.of(
              PASS_RATE,
              "Mean over problems of the share of their scored solutions that are right."),
          MetricDefinition.of(
              HISTOGRAM + "{class}",
              "Problems by pass rate: none or all of their solutions are right, or more than none and up to 25, 50 or 75 %, or more than 75 % and not all (`to_99`)."),
          MetricDefinition.of(KEPT, "Problems whose pass rate is in the range of 'pass_rate'."),
          MetricDefinition.of(
              DROPPED,
              "Problems whose pass rate is outside, or of which no solution has a reward."));

  private final Map<String, Double> sums = new TreeMap<>();
  private double most = Double.NEGATIVE_INFINITY;

  private void add(String name, double value) {
    sums.merge(name, value, Double::sum);
  }

  /** Counts the scored solutions of a problem; its pass rate, or null if there are none. */
  @Nullable Double add(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return null;
    }
    long right = candidates.stream().filter(Candidate::right).count();
    double rate = (double) right / candidates.size();
    add(SCORED, candidates.size());
    add(RIGHT, (double) right);
    for (Candidate each : candidates) {
      add(REWARD, each.reward());
      most = Math.max(most, each.reward());
    }
    add(PROBLEMS, 1);
    add(PASS_RATE, rate);
    add(HISTOGRAM + classOf(rate), 1);
    return rate;
  }

  /** The class of a pass rate in the metrics. */
  static String classOf(double rate) {
    if (rate == 0 || rate == 1) {
      return rate == 0 ? "none" : "all";
    }
    return new TreeMap<>(Map.of("to_25", 0.25, "to_50", 0.5, "to_75", 0.75, "to_99", 1.0))
        .entrySet().stream()
            .filter(each -> rate <= each.getValue())
            .findFirst()
            .orElseThrow()
            .getKey();
  }

  void addSelected(Candidate candidate) {
    add(SELECTED, 1);
    add(SELECTED_REWARD, candidate.reward());
  }

  void addPair() {
    add(PAIRS, 1);
  }

  void addProblem(boolean kept) {
    add(kept ? KEPT : DROPPED, 1);
  }

  /** Leaves the sums to the driver. */
  void leave(UnitContext context) {
    sums.forEach(context::value);
    if (sums.containsKey(SCORED)) {
      context.value(MOST, most);
    }
  }

  /** Reports the metrics of the stage, and warns if later stages would have nothing to read. */
  static void report(StageDriver driver, List<UnitResult> results, SelectSolutionsConfig config) {
    Map<String, Double> totals = new TreeMap<>();
    for (UnitResult result : results) {
      result
          .values()
          .forEach(
              (name, value) ->
                  totals.merge(name, value, name.equals(MOST) ? Math::max : Double::sum));
    }
    for (String name : List.of(SCORED, RIGHT, SELECTED)) {
      metric(driver, name, totals.getOrDefault(name, 0.0));
    }
    if (config.pairs() != null) {
      metric(driver, PAIRS, totals.getOrDefault(PAIRS, 0.0));
    }
    if (config.passRate() != null) {
      metric(driver, KEPT, totals.getOrDefault(KEPT, 0.0));
      metric(driver, DROPPED, totals.getOrDefault(DROPPED, 0.0));
    }
    mean(driver, totals, REWARD, SCORED);
    mean(driver, totals, SELECTED_REWARD, SELECTED);
    mean(driver, totals, PASS_RATE, PROBLEMS);
    for (String each : ALL_CLASSES) {
      metric(driver, HISTOGRAM + each, totals.getOrDefault(HISTOGRAM + each, 0.0));
    }
    warn(driver, totals, config);
  }

  private static void metric(StageDriver driver, String name, double value) {
    driver.metric(Metric.of(SelectSolutions.NAME, 0, 0, name, value));
  }

  /** A mean; of nothing there is none. */
  private static void mean(
      StageDriver driver, Map<String, Double> totals, String name, String number) {
    Double count = totals.get(number);
    if (count != null) {
      metric(driver, name, totals.getOrDefault(name, 0.0) / count);
    }
  }

  private static void warn(
      StageDriver driver, Map<String, Double> totals, SelectSolutionsConfig config) {
    long scored = Math.round(totals.getOrDefault(SCORED, 0.0));
    if (scored == 0) {
      return;
    }
    if (config.passRate() != null && !totals.containsKey(KEPT)) {
      driver.warn(
          "No problem is kept: no pass rate is in the range of 'pass_rate'. The metrics %s* count the problems by their pass rate."
              .formatted(HISTOGRAM));
    } else if (!totals.containsKey(SELECTED)) {
      driver.warn(
          "None of %d scored solutions is selected, so the table examples is empty. The highest reward is %s; 'select: %s' takes what is above its threshold ('success': %s)."
              .formatted(scored, totals.get(MOST), config.select().name(), config.success()));
    }
  }
}

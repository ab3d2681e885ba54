package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.ByProblem;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Evaluation;
import dev.sluice.stages.evaluation.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How often a reward model prefers the better of two responses, by section. */
@Kind(
    value = "rewardbench",
    doc =
        "Accuracy of a reward model on pairs, by subset and section of RewardBench, and the mean of the sections.")
@Method(
    name = "RewardBench",
    paper = "RewardBench, arXiv 2403.13787; constants.py and run_rm.py of its repository",
    formula =
        "accuracy = share of pairs with s(chosen) > s(rejected); section = mean of its subsets weighted by their examples (math-prm: 984); score = mean of the sections",
    papers = "2403.13787",
    departs =
        "A section without a subset in the file is left out of the mean; the script counts it as 0.")
public record RewardBenchSuite(@Key("Rows of the benchmark.") BenchRows rows) implements Suite {

  /** Without a file. */
  public RewardBenchSuite() {
    this(BenchRows.USUAL);
  }

  @Override
  public Set<String> models() {
    return rows.models();
  }

  @Override
  public boolean scores() {
    return true;
  }

  @Override
  public boolean ofStoredTables() {
    return true;
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return rows.check(key + ".rows");
  }

  @Override
  public List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> tables) {
    return rows.units(name(), problems);
  }

  @Override
  public void judge(EvaluateConfig config, UnitContext context) {
    rows.work(name(), config, context);
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    List<BenchRows.Scored> scored = rows.scored(name(), evaluation.context());
    List<Metric> metrics = new ArrayList<>();
    if (scored.isEmpty()) {
      return metrics;
    }
    long seed = evaluation.context().seed();
    double[] right =
        scored.stream()
            .mapToDouble(row -> RewardSections.pairs(row.chosen(), row.rejected()))
            .toArray();
    ToDoubleFunction<int[]> score = drawn -> RewardSections.score(subsets(scored, right, drawn));
    int[] once = BestOfFour.once(right.length);
    Map<String, Double> subsets = subsets(scored, right, once);
    Map<String, Double> sections = RewardSections.of(subsets);
    if (!sections.isEmpty()) {
      metrics.add(metric("score", right.length, seed, score));
    }
    for (String section : sections.keySet()) {
      metrics.add(
          metric(
              section,
              right.length,
              seed,
              drawn ->
                  RewardSections.of(subsets(scored, right, drawn)).getOrDefault(section, 0.0)));
    }
    metrics.add(metric("accuracy", right.length, seed, drawn -> Bootstrap.mean(right, drawn)));
    for (String subset : subsets.keySet()) {
      List<Double> own = new ArrayList<>();
      for (int i = 0; i < right.length; i++) {
        if (scored.get(i).subset().equals(subset)) {
          own.add(right[i]);
        }
      }
      double[] values = own.stream().mapToDouble(Double::doubleValue).toArray();
      metrics.add(ProblemCurve.mean("rewardbench/subset_" + word(subset), values, seed));
    }
    return metrics;
  }

  /** The accuracy of each subset that was drawn. */
  private static Map<String, Double> subsets(
      List<BenchRows.Scored> rows, double[] right, int[] drawn) {
    Map<String, double[]> sums = new TreeMap<>();
    for (int i = 0; i < right.length; i++) {
      if (drawn[i] > 0) {
        double[] sum = sums.computeIfAbsent(rows.get(i).subset(), subset -> new double[2]);
        sum[0] += drawn[i] * right[i];
        sum[1] += drawn[i];
      }
    }
    Map<String, Double> subsets = new TreeMap<>();
    sums.forEach((subset, sum) -> subsets.put(subset, sum[0] / sum[1]));
    return subsets;
  }

  private static Metric metric(String name, int n, long seed, ToDoubleFunction<int[]> value) {
    return ByProblem.metric(
        "rewardbench/" + name,
        value.applyAsDouble(BestOfFour.once(n)),
        Bootstrap.interval(n, seed, value),
        n);
  }

  /** The name of a subset as a word for names of metrics. */
  static String word(String subset) {
    return subset.isEmpty()
        ? "none"
        : subset.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of(
            "rewardbench/score", "Mean of the sections of RewardBench that the file has rows of."),
        MetricDefinition.of(
            "rewardbench/chat",
            "Accuracy in the section Chat: that of its subsets, weighted by their numbers of examples in RewardBench."),
        MetricDefinition.of("rewardbench/chat_hard", "The same in the section Chat Hard."),
        MetricDefinition.of("rewardbench/safety", "The same in the section Safety."),
        MetricDefinition.of(
            "rewardbench/reasoning",
            "The same in the section Reasoning, where math-prm weighs as much as the six subsets of code."),
        MetricDefinition.of(
            "rewardbench/accuracy",
            "Share of all rows whose chosen response scores strictly higher than the rejected one."),
        MetricDefinition.of("rewardbench/subset_{subset}", "The same in a subset."));
  }
}

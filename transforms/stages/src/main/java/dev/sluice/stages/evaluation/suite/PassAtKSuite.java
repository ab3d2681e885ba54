package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Evaluation;
import dev.sluice.stages.evaluation.SampledAccuracy;
import dev.sluice.stages.evaluation.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How often at least one of k solutions is right. */
@Kind(
    value = "pass_at_k",
    doc = "Probability that at least one of k solutions is right, as a curve over k.")
@Method(
    name = "Curve of pass@k",
    paper = "Evaluating Large Language Models Trained on Code, arXiv 2107.03374, eq. 1",
    formula = "pass@k = 1 - C(n - c, k) / C(n, k) for c right ones of n solutions",
    papers = "2107.03374")
public record PassAtKSuite(
    @Key(
            value =
                "Solutions to measure: the samples of `base` or `policy` at temperature 1, or the `stored` solutions that the labels are about.",
            byDefault = "base")
        ScoreSource.Pool solutions,
    @Key(
            value =
                "The k of the curve. Default: powers of two up to the solutions that every problem has, and that number.",
            byDefault = "[]")
        List<Integer> k)
    implements Suite {

  public PassAtKSuite {
    k = List.copyOf(k);
  }

  /** With the samples of base. */
  public PassAtKSuite() {
    this(ScoreSource.Pool.BASE, List.of());
  }

  private String who() {
    return solutions.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Set<String> models() {
    return samples();
  }

  @Override
  public Set<String> samples() {
    return solutions == ScoreSource.Pool.STORED ? Set.of() : Set.of(who());
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return Sizes.check(key + ".k", k);
  }

  @Override
  public List<ConfigMistake> mistakes(EvaluateConfig config) {
    return Sizes.mistakes("pass_at_k.k", k, solutions, config);
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    Map<String, List<ScoredSolution>> groups = ScoredSolution.unscored(evaluation, solutions);
    List<Metric> metrics = new ArrayList<>();
    if (groups.isEmpty()) {
      return metrics;
    }
    long seed = evaluation.context().seed();
    for (int size : Sizes.of("pass_at_k.k", k, groups)) {
      double[] values = groups.values().stream().mapToDouble(own -> pass(own, size)).toArray();
      metrics.add(ProblemCurve.mean("pass_at_k/%s_%d".formatted(who(), size), values, seed));
    }
    return metrics;
  }

  private static double pass(List<ScoredSolution> group, int k) {
    int right = (int) group.stream().filter(ScoredSolution::right).count();
    return SampledAccuracy.passAtK(group.size(), right, k);
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of(
            "pass_at_k/{who}_{k}",
            "Probability that at least one of {k} solutions is right: the unbiased estimate from all solutions of a problem, averaged over problems. {who} is base, policy or stored."));
  }
}

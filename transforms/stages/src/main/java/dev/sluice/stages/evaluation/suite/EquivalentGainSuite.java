package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.ByProblem;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How many samples of the base a reward model or the training saves. */
@Kind(
    value = "compute_equivalent_gain",
    doc =
        "Factor by which the samples of a plain majority must grow to match the choice by a reward model, and the trained policy.")
@Method(
    name = "Compute-equivalent gain",
    paper =
        "AI capabilities can be significantly improved without expensive retraining, arXiv 2312.07413",
    formula =
        "factor = n* / n with majority(n*) = best_of(n), n* interpolated in log n; for the policy: majority of base(n*) = accuracy of one sample",
    papers = "2312.07413",
    departs =
        "The paper scales training compute; here samples are scaled, which the same run measures. Calls of the reward model are not counted. An accuracy below that of one sample counts as one sample's. Where the curve of the majority does not reach the accuracy, the factor is a lower bound, and the metric '_bounded' is 0.")
public record EquivalentGainSuite(
    @Key(value = "Solutions and what scores them.", byDefault = "{}") ScoreSource from)
    implements ScoredSuite {
  private static final String AT = "compute_equivalent_gain/";

  /** With the samples of base, scored by the reward model. */
  public EquivalentGainSuite() {
    this(ScoreSource.USUAL);
  }

  @Override
  public Set<String> samples() {
    Set<String> samples = new TreeSet<>(from.samples());
    if (from.solutions() == ScoreSource.Pool.BASE) {
      // Sampled only if the config names one.
      samples.add("policy");
    }
    return samples;
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    Map<String, List<ScoredSolution>> groups = ScoredSolution.byProblem(evaluation, from);
    List<Metric> metrics = new ArrayList<>();
    if (groups.isEmpty()) {
      return metrics;
    }
    List<ProblemCurve> problems = ProblemCurve.of(groups.values());
    long seed = evaluation.context().seed();
    int[] sizes =
        Sizes.of("compute_equivalent_gain", List.of(), groups).stream()
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] curve = new double[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      int size = sizes[i];
      curve[i] = BestOfNSuite.values(problems, each -> each.majority(size, false, seed));
    }
    for (int size : sizes) {
      if (size > 1) {
        double[] best = BestOfNSuite.values(problems, each -> each.best(size));
        add(metrics, "%s_best_of_%d".formatted(from.who(), size), sizes, curve, best, size, seed);
      }
    }
    policy(evaluation, groups, sizes, curve, metrics);
    return metrics;
  }

  /** The trained policy by one sample, on the problems of base. */
  private void policy(
      Evaluation evaluation,
      Map<String, List<ScoredSolution>> groups,
      int[] sizes,
      double[][] curve,
      List<Metric> metrics) {
    EvaluateConfig config = evaluation.config();
    if (config.policy() == null || from.solutions() != ScoreSource.Pool.BASE) {
      return;
    }
    Map<String, List<ScoredSolution>> trained =
        ScoredSolution.unscored(evaluation, ScoreSource.Pool.POLICY);
    double[] accuracy =
        groups.keySet().stream()
            .mapToDouble(
                id ->
                    trained.getOrDefault(id, List.of()).stream()
                        .mapToDouble(each -> each.right() ? 1 : 0)
                        .average()
                        .orElse(0))
            .toArray();
    add(metrics, "policy", sizes, curve, accuracy, 1, evaluation.context().seed());
  }

  private static void add(
      List<Metric> metrics,
      String name,
      int[] sizes,
      double[][] curve,
      double[] better,
      int samples,
      long seed) {
    int[] once = BestOfFour.once(better.length);
    EquivalentGain.Gain gain = gain(sizes, curve, better, samples, once);
    metrics.add(
        ByProblem.metric(
            AT + name,
            gain.factor(),
            Bootstrap.interval(
                better.length, seed, drawn -> gain(sizes, curve, better, samples, drawn).factor()),
            better.length));
    metrics.add(Metric.of(Evaluate.NAME, 0, 0, AT + name + "_bounded", gain.bounded() ? 1 : 0));
  }

  private static EquivalentGain.Gain gain(
      int[] sizes, double[][] curve, double[] better, int samples, int[] drawn) {
    double[] accuracies = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      accuracies[i] = Bootstrap.mean(curve[i], drawn);
    }
    return EquivalentGain.of(sizes, accuracies, Bootstrap.mean(better, drawn), samples);
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of(
            "compute_equivalent_gain/{who}_best_of_{n}",
            "Factor by which the samples of a plain majority must grow to be as accurate as the best-scored of {n}. {who} is base, policy or stored."),
        MetricDefinition.of(
            "compute_equivalent_gain/policy",
            "Number of samples of base whose majority is as accurate as one sample of the trained policy."),
        MetricDefinition.of(
            "compute_equivalent_gain/{method}_bounded",
            "1 if the curve of the majority reaches that accuracy; 0 if it does not, and the factor is a lower bound."));
  }
}

package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a reward model gains by choosing among n solutions. */
@Kind(
    value = "best_of_n",
    doc =
        "Accuracy of the best-scored of n solutions, of the majority weighted by score, and of the plain majority, for n = 1, 2, 4 and so on.")
@Method(
    name = "Best of n and weighted majority",
    paper =
        "WebGPT, arXiv 2112.09332 (estimator); Math-Shepherd, arXiv 2312.08935 (weighted majority); Self-Consistency, arXiv 2203.11171",
    formula =
        "best of n: sum over groups g of equal scores of (C(N - a_g, n) - C(N - b_g, n)) / C(N, n) times the accuracy of g; majority: mean over subsets of n of the rightness of argmax_a sum_i 1[a_i = a] s_i",
    papers = {"2112.09332", "2312.08935", "2203.11171"},
    departs =
        "Ties are resolved by lot, in expectation. Where there are more than 1,000 subsets, 1,000 drawn ones stand for all in both majorities.")
public record BestOfNSuite(
    @Key(value = "Solutions and what scores them.", byDefault = "{}") ScoreSource from,
    @Key(
            value =
                "Numbers of solutions to choose among. Default: powers of two up to the solutions that every problem has, and that number.",
            byDefault = "[]")
        List<Integer> n)
    implements ScoredSuite {

  public BestOfNSuite {
    n = List.copyOf(n);
  }

  /** With the samples of base, scored by the reward model. */
  public BestOfNSuite() {
    this(ScoreSource.USUAL, List.of());
  }

  @Override
  public List<ConfigMistake> check(String key) {
    List<ConfigMistake> mistakes = new ArrayList<>(from.check(key + ".from"));
    mistakes.addAll(Sizes.check(key + ".n", n));
    return mistakes;
  }

  @Override
  public List<ConfigMistake> mistakes(EvaluateConfig config) {
    return Sizes.mistakes("best_of_n.n", n, from.solutions(), config);
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    Map<String, List<ScoredSolution>> groups = ScoredSolution.byProblem(evaluation, from);
    List<ProblemCurve> problems = ProblemCurve.of(groups.values());
    List<Metric> metrics = new ArrayList<>();
    if (problems.isEmpty()) {
      return metrics;
    }
    long seed = evaluation.context().seed();
    String who = from.who();
    double[] one = values(problems, each -> each.best(1));
    double[] best = one;
    double[] weighted = one;
    double[] plain = one;
    for (int size : Sizes.of("best_of_n.n", n, groups)) {
      best = values(problems, each -> each.best(size));
      weighted = values(problems, each -> each.majority(size, true, seed));
      plain = values(problems, each -> each.majority(size, false, seed));
      metrics.add(ProblemCurve.mean("best_of_n/%s_%d".formatted(who, size), best, seed));
      metrics.add(
          ProblemCurve.mean("weighted_majority/%s_%d".formatted(who, size), weighted, seed));
      metrics.add(ProblemCurve.mean("majority/%s_%d".formatted(who, size), plain, seed));
    }
    metrics.add(ProblemCurve.difference("best_of_n/%s_gain".formatted(who), best, one, seed));
    metrics.add(
        ProblemCurve.difference("best_of_n/%s_over_majority".formatted(who), best, plain, seed));
    metrics.add(
        ProblemCurve.difference(
            "weighted_majority/%s_over_majority".formatted(who), weighted, plain, seed));
    return metrics;
  }

  static double[] values(List<ProblemCurve> problems, ToDoubleFunction<ProblemCurve> value) {
    return problems.stream().mapToDouble(value).toArray();
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of(
            "best_of_n/{who}_{n}",
            "Share of problems solved if the best-scored of {n} solutions is taken, in expectation over all subsets of {n}; equal scores by lot. {who} is base, policy or stored (the solutions of an earlier stage)."),
        MetricDefinition.of(
            "weighted_majority/{who}_{n}",
            "The same if the answer with the largest sum of scores among {n} solutions is taken. Solutions without an answer abstain."),
        MetricDefinition.of(
            "majority/{who}_{n}", "The same if the most frequent answer among {n} is taken."),
        MetricDefinition.of(
            "best_of_n/{who}_gain",
            "best_of_n/{who}_{n} at the largest n minus the accuracy of a single solution, with a paired interval."),
        MetricDefinition.of(
            "best_of_n/{who}_over_majority",
            "best_of_n/{who}_{n} minus majority/{who}_{n} at the largest n, with a paired interval."),
        MetricDefinition.of(
            "weighted_majority/{who}_over_majority",
            "weighted_majority/{who}_{n} minus majority/{who}_{n} at the largest n, with a paired interval."));
  }
}

package dev.sluice.stages.evaluation.suite;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.ByProblem;
import dev.sluice.stages.evaluation.Evaluate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The solutions of one problem as arrays, for values of n of them. */
final class ProblemCurve {
  private final String problemId;
  private final List<String> answers;
  private final double[] scores;
  private final boolean[] right;

  private ProblemCurve(String problemId, List<String> answers, double[] scores, boolean[] right) {
    this.problemId = problemId;
    this.answers = List.copyOf(answers);
    this.scores = scores;
    this.right = right;
  }

  String problemId() {
    return problemId;
  }

  /** The scores that order the solutions. */
  double[] scores() {
    return scores.clone();
  }

  static ProblemCurve of(List<ScoredSolution> group) {
    List<@Nullable String> answers = new ArrayList<>();
    group.forEach(each -> answers.add(each.solution().finalAnswer()));
    double[] scores = group.stream().mapToDouble(ScoredSolution::order).toArray();
    boolean[] right = new boolean[group.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = group.get(i).right();
    }
    return new ProblemCurve(
        group.get(0).problem().problemId(),
        TaskFormat.of(group.get(0).problem()).classes(answers),
        scores,
        right);
  }

  static List<ProblemCurve> of(Collection<List<ScoredSolution>> groups) {
    return groups.stream().map(ProblemCurve::of).toList();
  }

  /** 1 for each right solution, else 0. */
  double[] worth() {
    double[] worth = new double[right.length];
    for (int i = 0; i < worth.length; i++) {
      worth[i] = right[i] ? 1 : 0;
    }
    return worth;
  }

  /** Expected rightness of the best-scored of n. */
  double best(int n) {
    return Subsets.best(scores, worth(), n);
  }

  /** Expected rightness of the majority of n, each with weight 1 or with its score. */
  double majority(int n, boolean weighted, long seed) {
    double[] weights = scores.clone();
    if (!weighted) {
      Arrays.fill(weights, 1);
    }
    return Subsets.majority(
        answers, weights, right, n, Hashes.seed(seed, Evaluate.NAME, "majority", 0, problemId, n));
  }

  /** A metric that is the mean of a value for each problem. */
  static Metric mean(String name, double[] values, long seed) {
    return ByProblem.metric(
        name,
        Arrays.stream(values).average().orElse(0),
        Bootstrap.ofMean(values, seed),
        values.length);
  }

  /** A metric that is the mean difference of two values of each problem, paired. */
  static Metric difference(String name, double[] values, double[] others, long seed) {
    return ByProblem.metric(
        name,
        Arrays.stream(values).average().orElse(0) - Arrays.stream(others).average().orElse(0),
        Bootstrap.ofDifference(values, others, seed),
        values.length);
  }
}

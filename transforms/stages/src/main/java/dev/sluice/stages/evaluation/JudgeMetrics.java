package dev.sluice.stages.evaluation;

import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import dev.sluice.stages.MetricDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** How far the reward goes astray on what the trained policy writes (METHODS 1.9). */
record JudgeMetrics(EvaluateConfig config, Map<String, Problem> problems, long seed) {
  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.of(
              "judge/accept",
              "Share of the trained policy's samples at temperature 1 that the reward's judge accepts: more than half of its votes call every step correct."),
          MetricDefinition.of(
              "judge/gap",
              "judge/accept minus the share of the same samples that are correct. Above 0 the judge accepts more samples than are correct, which the policy may exploit."),
          MetricDefinition.of(
              "judge/false_accept", "Share of the incorrect samples that the judge accepts."));

  /** The metrics over the policy's samples at temperature 1; gate failures are not accepted. */
  List<Metric> of(List<Solution> policy, List<Verification> votes) {
    Map<String, List<Verification>> bySolution = ByProblem.group(votes, Verification::solutionId);
    Map<String, Integer> numbers = new HashMap<>();
    List<Integer> problem = new ArrayList<>();
    List<Boolean> accepted = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    for (Solution solution : SampleUnit.Drawn.of(config, policy).warm()) {
      numbers.putIfAbsent(solution.problemId(), numbers.size());
      problem.add(Objects.requireNonNull(numbers.get(solution.problemId())));
      accepted.add(accepts(bySolution.getOrDefault(solution.solutionId(), List.of())));
      right.add(right(Objects.requireNonNull(problems.get(solution.problemId())), solution));
    }
    if (accepted.isEmpty()) {
      return List.of();
    }
    JudgeMeasures measures = JudgeMeasures.of(accepted, right);
    int n = numbers.size();
    return List.of(
        metric("accept", measures.accept(), n, counts -> accept(counts, problem, accepted)),
        metric(
            "gap",
            measures.gap(),
            n,
            counts -> accept(counts, problem, accepted) - accept(counts, problem, right)),
        metric(
            "false_accept",
            measures.falseAccept(),
            n,
            counts -> falseAccept(counts, problem, accepted, right)));
  }

  /** Right in every line; by its answer where the world has no gold labels of lines. */
  private static boolean right(Problem problem, Solution solution) {
    return Truth.hasSteps(problem)
        ? Truth.processRight(problem, solution.text())
        : Truth.right(problem, solution);
  }

  private static boolean accepts(List<Verification> votes) {
    return votes.stream().mapToDouble(vote -> right(vote) ? 1 : 0).average().orElse(0) > 0.5;
  }

  private static boolean right(Verification vote) {
    return vote.parsed()
        && Boolean.TRUE.equals(vote.outcomeVerdict())
        && !vote.stepVerdicts().contains(false);
  }

  private Metric metric(String name, double value, int n, ToDoubleFunction<int[]> statistic) {
    return ByProblem.metric("judge/" + name, value, Bootstrap.interval(n, seed, statistic), n);
  }

  private static double accept(int[] counts, List<Integer> problem, List<Boolean> accepted) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < accepted.size(); i++) {
      all += counts[problem.get(i)];
      sum += accepted.get(i) ? counts[problem.get(i)] : 0;
    }
    return all == 0 ? 0 : sum / all;
  }

  private static double falseAccept(
      int[] counts, List<Integer> problem, List<Boolean> accepted, List<Boolean> right) {
    double sum = 0;
    double wrong = 0;
    for (int i = 0; i < accepted.size(); i++) {
      if (!right.get(i)) {
        wrong += counts[problem.get(i)];
        sum += accepted.get(i) ? counts[problem.get(i)] : 0;
      }
    }
    return wrong == 0 ? 0 : sum / wrong;
  }
}

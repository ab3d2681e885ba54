package dev.sluice.stages.evaluation;

import dev.sluice.methods.label.FirstErrorVotes;
import dev.sluice.methods.label.StepMajority;
import dev.sluice.methods.verification.Vote;
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
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How well judges find the first error, at equal calls: one vote, greedy, majority. */
record FirstErrorMetrics(EvaluateConfig config, Map<String, Problem> problems, long seed) {
  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.of(
              "first_error_f1/one_vote",
              "First-error F1 of a single sampled vote of the untrained judge, averaged over the votes: the harmonic mean of the share of incorrect solutions whose first wrong step it names exactly and the share of correct solutions that it calls correct (as ProcessBench measures)."),
          MetricDefinition.of(
              "first_error_f1/greedy",
              "The same for the untrained judge's greedy vote, which is the only vote of a classifier."),
          MetricDefinition.of(
              "first_error_f1/majority",
              "The same for the majority of the untrained judge's votes."),
          MetricDefinition.of(
              "first_error_f1/prm_one_vote",
              "As first_error_f1/one_vote, for the judge that was trained on the labels."),
          MetricDefinition.of(
              "first_error_f1/prm_greedy",
              "As first_error_f1/greedy, for the judge that was trained on the labels."),
          MetricDefinition.of(
              "first_error_f1/prm_majority",
              "As first_error_f1/majority, for the judge that was trained on the labels."));

  /** The metrics of the untrained judge and, if it voted, of the trained one. */
  List<Metric> of(List<Solution> base, List<Verification> untrained, List<Verification> trained) {
    List<Solution> common = JudgeUnit.common(config, problems, base);
    List<Metric> metrics = new ArrayList<>();
    // Without gold labels of lines there is no first error to find.
    if (!common.isEmpty() && problems.values().stream().allMatch(Truth::hasSteps)) {
      metrics.addAll(judge("", common, untrained, config.judgePrompt(true).namesIndex()));
      if (!trained.isEmpty()) {
        metrics.addAll(judge("prm_", common, trained, config.judgePrompt(false).namesIndex()));
      }
    }
    return metrics;
  }

  private List<Metric> judge(
      String prefix, List<Solution> common, List<Verification> votes, boolean byIndex) {
    Map<String, List<Verification>> sampled = new HashMap<>();
    Map<String, List<Verification>> greedy = new HashMap<>();
    for (Verification vote : votes) {
      (vote.pass().equals(JudgeUnit.GREEDY) ? greedy : sampled)
          .computeIfAbsent(vote.solutionId(), id -> new ArrayList<>())
          .add(vote);
    }
    Map<String, Integer> numbers = new HashMap<>();
    common.forEach(solution -> numbers.putIfAbsent(solution.problemId(), numbers.size()));

    List<List<FirstErrorF1.Case>> single = new ArrayList<>();
    for (int k = 0; k < config.votes(); k++) {
      int index = k;
      single.add(cases(common, numbers, solution -> one(solution, sampled, index)));
    }
    List<FirstErrorF1.Case> first = cases(common, numbers, solution -> one(solution, greedy, 0));
    List<FirstErrorF1.Case> majority =
        cases(common, numbers, solution -> majority(solution, sampled, byIndex));
    int n = numbers.size();
    Metric firstOnly = metric(prefix + "greedy", n, counts -> FirstErrorF1.of(first, counts).f1());
    if (sampled.isEmpty()) {
      // A classifier has one opinion.
      return List.of(firstOnly);
    }
    return List.of(
        metric(
            prefix + "one_vote",
            n,
            counts ->
                single.stream()
                    .mapToDouble(c -> FirstErrorF1.of(c, counts).f1())
                    .average()
                    .orElse(0)),
        firstOnly,
        metric(prefix + "majority", n, counts -> FirstErrorF1.of(majority, counts).f1()));
  }

  private Metric metric(String name, int n, ToDoubleFunction<int[]> f1) {
    int[] once = new int[n];
    java.util.Arrays.fill(once, 1);
    return ByProblem.metric(
        "first_error_f1/" + name, f1.applyAsDouble(once), Bootstrap.interval(n, seed, f1), n);
  }

  /** Says which step a judge takes for the first wrong one; null if it says nothing usable. */
  private interface Prediction {
    @Nullable Integer of(Solution solution);
  }

  private List<FirstErrorF1.Case> cases(
      List<Solution> common, Map<String, Integer> numbers, Prediction prediction) {
    List<FirstErrorF1.Case> cases = new ArrayList<>();
    for (Solution solution : common) {
      Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
      cases.add(
          new FirstErrorF1.Case(
              Objects.requireNonNull(numbers.get(solution.problemId())),
              Truth.firstError(problem, solution.text()),
              prediction.of(solution)));
    }
    return cases;
  }

  private static @Nullable Integer one(
      Solution solution, Map<String, List<Verification>> votes, int index) {
    for (Verification vote : votes.getOrDefault(solution.solutionId(), List.of())) {
      if (vote.voteIndex() == index && vote.parsed()) {
        return vote.stepVerdicts().indexOf(false);
      }
    }
    return null;
  }

  private static @Nullable Integer majority(
      Solution solution, Map<String, List<Verification>> votes, boolean byIndex) {
    List<Vote> own = Vote.parsed(votes.getOrDefault(solution.solutionId(), List.of()));
    // All on as many steps as any: a judge of tagged text may have no verdict on the answer.
    int lines =
        own.stream().mapToInt(vote -> vote.verdicts().size()).max().orElse(solution.steps().size());
    OptionalInt predicted =
        byIndex ? FirstErrorVotes.firstError(own, lines) : StepMajority.firstError(own, lines);
    return predicted.isPresent() ? predicted.getAsInt() : null;
  }
}

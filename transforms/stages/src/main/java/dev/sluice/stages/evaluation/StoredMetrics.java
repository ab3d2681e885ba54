package dev.sluice.stages.evaluation;

import dev.sluice.methods.label.ModalAnswer;
import dev.sluice.methods.label.StepMajority;
import dev.sluice.methods.rubric.RubricVerdicts;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.verification.Vote;
import dev.sluice.records.Metric;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Metrics of what earlier stages left: labels, preferences, and the consensus of solutions. */
final class StoredMetrics {
  /** What the metrics of the consensus mean. */
  static final List<MetricDefinition> CONSENSUS =
      List.of(
          MetricDefinition.of(
              "consensus/coverage",
              "Share of problems in which more than half of all solutions give the same answer by value."),
          MetricDefinition.of(
              "consensus/answer_accuracy",
              "Share of those problems whose shared answer equals the reference."),
          MetricDefinition.of(
              "consensus/label_accuracy",
              "Share of the solutions of those problems for which having the shared answer agrees with being correct (stored correctness, else the answer compared with the reference)."));

  /** What the metrics of labels mean. */
  static final List<MetricDefinition> LABELS =
      List.of(
          MetricDefinition.of(
              "labels/coverage",
              "Share of solutions that have a label. Ties, too few votes, no matching vote and a failed format gate leave a solution without one."),
          MetricDefinition.of(
              "labels/outcome_accuracy",
              "Share of labelled solutions whose label for the whole solution agrees with its correctness."),
          MetricDefinition.of(
              "labels/accuracy",
              "Share of solutions with step labels whose first wrong step (or its absence) equals that of the gold labels."),
          MetricDefinition.of(
              "labels/first_error_f1",
              "First-error F1 of the majority of the votes, without the rubric."),
          MetricDefinition.of(
              "labels/first_error_f1_with_rubric", "The same with the rubric as another vote."),
          MetricDefinition.of(
              "labels/rubric_gain",
              "labels/first_error_f1_with_rubric minus labels/first_error_f1, with a paired interval."));

  /** What the metrics of preferences mean. */
  static final List<MetricDefinition> PREFERENCES =
      List.of(
          MetricDefinition.of(
              "preferences/right_order",
              "Share of preference pairs whose chosen solution is correct and whose rejected one is not."),
          MetricDefinition.of(
              "preferences/wrong_order",
              "Share of preference pairs whose rejected solution is correct and whose chosen one is not."));

  private static final int MIN_RUBRIC_WEIGHT = 1;

  private final UnitContext context;
  private final Map<String, Problem> problems;
  private final Map<String, Solution> solutions = new LinkedHashMap<>();

  StoredMetrics(UnitContext context) {
    this.context = context;
    this.problems = Report.problems(context, "label_problems");
    context.forEach(
        "label_solutions", Tables.SOLUTIONS, row -> solutions.put(row.solutionId(), row));
  }

  private static void add(List<Metric> metrics, @Nullable Metric metric) {
    if (metric != null) {
      metrics.add(metric);
    }
  }

  private Problem problem(String id) {
    return Objects.requireNonNull(problems.get(id), "A label's problem is missing.");
  }

  /** Stored correctness if the file has it, else the reference. */
  private boolean right(Solution solution) {
    Boolean stored = solution.referenceCorrect();
    return stored == null ? Truth.right(problem(solution.problemId()), solution) : stored;
  }

  /** Of the answers that stored solutions share; none if there are no solutions. */
  List<Metric> consensus() {
    List<Metric> metrics = new ArrayList<>();
    if (!solutions.isEmpty()) {
      consensus(metrics);
    }
    return metrics;
  }

  private void consensus(List<Metric> metrics) {
    // A problem without a solution is one that no answer covers.
    Map<String, List<Solution>> groups = new LinkedHashMap<>();
    problems.keySet().forEach(id -> groups.put(id, new ArrayList<>()));
    solutions
        .values()
        .forEach(
            solution ->
                groups
                    .computeIfAbsent(solution.problemId(), id -> new ArrayList<>())
                    .add(solution));
    Map<String, List<Solution>> covered = new LinkedHashMap<>();
    Map<String, String> answers = new HashMap<>();
    groups.forEach(
        (id, group) ->
            shared(group)
                .ifPresent(
                    answer -> {
                      covered.put(id, group);
                      answers.put(id, answer);
                    }));
    long seed = context.seed();
    add(
        metrics,
        ByProblem.mean(
            "consensus/coverage", groups, group -> shared(group).isPresent() ? 1 : 0, seed));
    add(
        metrics,
        ByProblem.mean(
            "consensus/answer_accuracy",
            covered,
            group -> isReference(group.get(0).problemId(), answers) ? 1 : 0,
            seed));
    add(
        metrics,
        ByProblem.share(
            "consensus/label_accuracy",
            covered,
            solution -> inConsensus(solution, groups) == right(solution),
            seed));
  }

  private boolean isReference(String problemId, Map<String, String> answers) {
    Problem problem = problem(problemId);
    String reference = problem.referenceAnswer();
    String answer = answers.get(problemId);
    return reference != null && answer != null && TaskFormat.of(problem).matches(reference, answer);
  }

  /** The class of each solution's answer. */
  private List<String> classes(List<Solution> group) {
    List<@Nullable String> answers = new ArrayList<>();
    group.forEach(solution -> answers.add(solution.finalAnswer()));
    return group.isEmpty()
        ? List.of()
        : TaskFormat.of(problem(group.get(0).problemId())).classes(answers);
  }

  /** The answer of more than half of all solutions, in its most frequent spelling. */
  private Optional<String> shared(List<Solution> group) {
    List<String> classes = classes(group);
    Map<String, Integer> counts = new HashMap<>();
    classes.stream()
        .filter(each -> !each.isEmpty())
        .forEach(each -> counts.merge(each, 1, Integer::sum));
    Optional<String> most =
        counts.entrySet().stream()
            .filter(entry -> 2 * entry.getValue() > group.size())
            .map(Map.Entry::getKey)
            .findFirst();
    return most.flatMap(
        each ->
            ModalAnswer.of(
                IntStream.range(0, group.size())
                    .filter(i -> classes.get(i).equals(each))
                    .mapToObj(i -> String.valueOf(group.get(i).finalAnswer()))
                    .toList()));
  }

  private boolean inConsensus(Solution solution, Map<String, List<Solution>> groups) {
    List<Solution> group = groups.getOrDefault(solution.problemId(), List.of());
    List<String> classes = classes(group);
    Optional<String> mode = ModalAnswer.of(classes);
    int own = group.indexOf(solution);
    return own >= 0 && mode.isPresent() && mode.get().equals(classes.get(own));
  }

  /** Of the labels of stored solutions; none if there are no solutions. */
  List<Metric> labels() {
    List<Metric> metrics = new ArrayList<>();
    if (!solutions.isEmpty()) {
      labels(metrics);
    }
    return metrics;
  }

  private void labels(List<Metric> metrics) {
    List<StepLabel> all = context.read("step_labels", Tables.STEP_LABELS);
    List<StepLabel> labelled =
        all.stream().filter(label -> label.status().equals("labelled")).toList();
    Map<String, List<StepLabel>> byProblem = ByProblem.group(all, StepLabel::problemId);
    Map<String, List<StepLabel>> labelledByProblem =
        ByProblem.group(labelled, StepLabel::problemId);
    long seed = context.seed();
    add(
        metrics,
        ByProblem.share(
            "labels/coverage", byProblem, label -> label.status().equals("labelled"), seed));
    add(
        metrics,
        ByProblem.share(
            "labels/outcome_accuracy",
            labelledByProblem,
            label ->
                Boolean.valueOf(right(Objects.requireNonNull(solutions.get(label.solutionId()))))
                    .equals(label.outcome()),
            seed));
    if (problems.values().stream().allMatch(Truth::hasSteps)) {
      add(
          metrics,
          ByProblem.share(
              "labels/accuracy",
              ByProblem.group(
                  labelled.stream().filter(label -> !label.stepLabels().isEmpty()).toList(),
                  StepLabel::problemId),
              label -> label.firstError() == gold(label),
              seed));
      rubric(metrics, all);
    }
  }

  private int gold(StepLabel label) {
    Solution solution = Objects.requireNonNull(solutions.get(label.solutionId()));
    return Truth.firstError(problem(label.problemId()), solution.text());
  }

  /** First-error F1 of the votes' majority with and without the rubric as one more vote, paired. */
  private void rubric(List<Metric> metrics, List<StepLabel> all) {
    if (!context.has("label_votes") || !context.has("label_rubrics")) {
      return;
    }
    Map<String, List<Verification>> votes = new HashMap<>();
    context.forEach(
        "label_votes",
        Tables.VERIFICATIONS,
        vote -> votes.computeIfAbsent(vote.solutionId(), id -> new ArrayList<>()).add(vote));
    Map<String, Rubric> rubrics = new HashMap<>();
    context.forEach(
        "label_rubrics",
        Tables.RUBRICS,
        row -> rubrics.put(row.solutionId() == null ? row.problemId() : row.solutionId(), row));
    Map<String, Integer> numbers = new HashMap<>();
    List<FirstErrorF1.Case> without = new ArrayList<>();
    List<FirstErrorF1.Case> with = new ArrayList<>();
    for (StepLabel label : all) {
      if (label.status().equals("gate")) {
        continue;
      }
      numbers.putIfAbsent(label.problemId(), numbers.size());
      int number = Objects.requireNonNull(numbers.get(label.problemId()));
      int lines = label.steps().size();
      int gold = gold(label);
      List<Vote> cast = Vote.parsed(votes.getOrDefault(label.solutionId(), List.of()));
      Map<Integer, Boolean> verdicts =
          RubricVerdicts.byLine(
              problem(label.problemId()),
              Objects.requireNonNull(solutions.get(label.solutionId())),
              rubrics);
      without.add(new FirstErrorF1.Case(number, gold, boxed(StepMajority.firstError(cast, lines))));
      with.add(
          new FirstErrorF1.Case(
              number,
              gold,
              boxed(StepMajority.firstError(cast, lines, verdicts, MIN_RUBRIC_WEIGHT))));
    }
    if (!numbers.isEmpty()) {
      int n = numbers.size();
      double plain = FirstErrorF1.of(without).f1();
      double helped = FirstErrorF1.of(with).f1();
      long seed = context.seed();
      metrics.add(
          ByProblem.metric(
              "labels/first_error_f1",
              plain,
              Bootstrap.interval(n, seed, counts -> FirstErrorF1.of(without, counts).f1()),
              n));
      metrics.add(
          ByProblem.metric(
              "labels/first_error_f1_with_rubric",
              helped,
              Bootstrap.interval(n, seed, counts -> FirstErrorF1.of(with, counts).f1()),
              n));
      metrics.add(
          ByProblem.metric(
              "labels/rubric_gain",
              helped - plain,
              Bootstrap.interval(
                  n,
                  seed,
                  counts ->
                      FirstErrorF1.of(with, counts).f1() - FirstErrorF1.of(without, counts).f1()),
              n));
    }
  }

  private static @Nullable Integer boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  /** Of the order of preferences; none if there are no solutions. */
  List<Metric> preferences() {
    List<Metric> metrics = new ArrayList<>();
    if (!solutions.isEmpty()) {
      preferences(metrics);
    }
    return metrics;
  }

  private void preferences(List<Metric> metrics) {
    // Another stage than that of the labels may have made pairs, of other solutions.
    List<Preference> known =
        context.read("preferences", Tables.PREFERENCES).stream()
            .filter(pair -> solutions.containsKey(pair.chosenId()))
            .filter(pair -> solutions.containsKey(pair.rejectedId()))
            .toList();
    Map<String, List<Preference>> pairs = ByProblem.group(known, Preference::problemId);
    long seed = context.seed();
    add(metrics, ByProblem.share("preferences/right_order", pairs, pair -> order(pair) > 0, seed));
    add(metrics, ByProblem.share("preferences/wrong_order", pairs, pair -> order(pair) < 0, seed));
  }

  /** 1 if the chosen alone is right, -1 if the rejected alone is, 0 if they are alike. */
  private int order(Preference pair) {
    boolean chosen = right(Objects.requireNonNull(solutions.get(pair.chosenId())));
    boolean rejected = right(Objects.requireNonNull(solutions.get(pair.rejectedId())));
    return Boolean.compare(chosen, rejected);
  }
}

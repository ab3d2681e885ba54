package dev.sluice.stages.evaluation.suite;

import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.ByProblem;
import dev.sluice.stages.evaluation.FirstErrorF1;
import dev.sluice.stages.evaluation.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The metrics of the suite {@code processbench}. */
final class ProcessBenchMetrics {
  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.of(
              "processbench/{judge}_f1",
              "Mean over the splits of the first-error F1 of the majority of the votes, counted by the index of the first wrong step. {judge} is votes (of an earlier stage), labels (of an earlier stage), verifier or reward."),
          MetricDefinition.of(
              "processbench/{judge}_one_vote_f1",
              "The same for a single vote, averaged over the votes."),
          MetricDefinition.of(
              "processbench/{judge}_{split}_f1",
              "First-error F1 of the majority in a split. The split of a problem is its attribute split, else its id in the dataset without the number at its end, else all."),
          MetricDefinition.of(
              "processbench/{judge}_{split}_error_accuracy",
              "Share of the split's solutions with an error whose first wrong step is named exactly."),
          MetricDefinition.of(
              "processbench/{judge}_{split}_correct_accuracy",
              "Share of the split's solutions without an error that are called correct."),
          MetricDefinition.of(
              "processbench/reward_gain",
              "processbench/reward_f1 minus processbench/verifier_f1, with a paired interval."));

  private final List<ProcessBenchSuite.By> judges;
  private final UnitContext context;
  private final Map<String, Integer> problems = new HashMap<>();
  private final List<StepLabel> gold = new ArrayList<>();
  private final Map<String, String> splits = new HashMap<>();

  ProcessBenchMetrics(List<ProcessBenchSuite.By> judges, UnitContext context) {
    this.judges = judges;
    this.context = context;
    boolean apart = context.has(ProcessBenchSuite.GOLD);
    context.forEach(
        apart ? ProcessBenchSuite.GOLD : "step_labels",
        Tables.STEP_LABELS,
        label -> {
          if (label.status().equals("labelled") && !label.stepLabels().isEmpty()) {
            gold.add(label);
            problems.putIfAbsent(label.problemId(), problems.size());
          }
        });
    Report.problems(context, "label_problems")
        .forEach((id, problem) -> splits.put(id, split(problem)));
  }

  static String port(ProcessBenchSuite.By judge) {
    return "votes.processbench." + judge.word();
  }

  /** The part of the benchmark that a problem belongs to, as a word for names of metrics. */
  static String split(Problem problem) {
    String split = problem.attributes().get("split");
    if (split == null) {
      String id = problem.attributes().getOrDefault("id", "");
      split = id.matches(".+-\\d+") ? id.substring(0, id.lastIndexOf('-')) : "all";
    }
    return split.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }

  List<Metric> all() {
    List<Metric> metrics = new ArrayList<>();
    if (gold.isEmpty()) {
      return metrics;
    }
    if (context.has(ProcessBenchSuite.GOLD)) {
      if (context.has("label_votes")) {
        metrics.addAll(ofVotes("votes", votes("label_votes")));
      }
      Map<String, StepLabel> labels = new HashMap<>();
      context.forEach(
          "step_labels", Tables.STEP_LABELS, label -> labels.put(label.solutionId(), label));
      metrics.addAll(scores("labels", cases(label -> predicted(labels.get(label.solutionId())))));
    }
    Map<ProcessBenchSuite.By, List<ProcessBenchScore.Case>> majorities = new LinkedHashMap<>();
    for (ProcessBenchSuite.By judge : judges) {
      Map<String, List<@Nullable Integer>> votes = votes(port(judge));
      metrics.addAll(ofVotes(judge.word(), votes));
      majorities.put(judge, majority(votes));
    }
    List<ProcessBenchScore.Case> reward = majorities.get(ProcessBenchSuite.By.REWARD);
    List<ProcessBenchScore.Case> verifier = majorities.get(ProcessBenchSuite.By.VERIFIER);
    if (reward != null && verifier != null) {
      metrics.add(
          metric(
              "reward_gain",
              drawn ->
                  ProcessBenchScore.f1(reward, drawn) - ProcessBenchScore.f1(verifier, drawn)));
    }
    return metrics;
  }

  private static @Nullable Integer predicted(@Nullable StepLabel label) {
    return label == null || !label.status().equals("labelled") || label.stepLabels().isEmpty()
        ? null
        : Integer.valueOf(label.firstError());
  }

  /** The predictions of a table of votes in the order of the votes; null for an abstention. */
  private Map<String, List<@Nullable Integer>> votes(String port) {
    Map<String, List<Verification>> rows = new HashMap<>();
    context.forEach(
        port,
        Tables.VERIFICATIONS,
        vote -> rows.computeIfAbsent(vote.solutionId(), id -> new ArrayList<>()).add(vote));
    Map<String, List<@Nullable Integer>> votes = new HashMap<>();
    rows.forEach(
        (id, own) -> {
          own.sort(Comparator.comparingInt(Verification::voteIndex));
          List<@Nullable Integer> predictions = new ArrayList<>();
          own.forEach(vote -> predictions.add(predicted(vote)));
          votes.put(id, predictions);
        });
    return votes;
  }

  private static @Nullable Integer predicted(Verification vote) {
    return vote.parsed() && !vote.stepVerdicts().isEmpty()
        ? Integer.valueOf(vote.stepVerdicts().indexOf(false))
        : null;
  }

  private List<Metric> ofVotes(String judge, Map<String, List<@Nullable Integer>> votes) {
    List<Metric> metrics = new ArrayList<>(scores(judge, majority(votes)));
    int most = votes.values().stream().mapToInt(List::size).max().orElse(0);
    if (most > 1) {
      List<List<ProcessBenchScore.Case>> single = new ArrayList<>();
      for (int k = 0; k < most; k++) {
        int index = k;
        single.add(
            cases(
                label -> {
                  List<@Nullable Integer> own = votes.getOrDefault(label.solutionId(), List.of());
                  return index < own.size() ? own.get(index) : null;
                }));
      }
      metrics.add(
          metric(
              judge + "_one_vote_f1",
              drawn ->
                  single.stream()
                      .mapToDouble(cases -> ProcessBenchScore.f1(cases, drawn))
                      .average()
                      .orElse(0)));
    }
    return metrics;
  }

  private List<ProcessBenchScore.Case> majority(Map<String, List<@Nullable Integer>> votes) {
    return cases(
        label -> ProcessBenchScore.majority(votes.getOrDefault(label.solutionId(), List.of())));
  }

  /** Says what is predicted for a solution with a label; null for nothing. */
  private interface Prediction {
    @Nullable Integer of(StepLabel label);
  }

  private List<ProcessBenchScore.Case> cases(Prediction prediction) {
    List<ProcessBenchScore.Case> cases = new ArrayList<>();
    for (StepLabel label : gold) {
      cases.add(
          new ProcessBenchScore.Case(
              Objects.requireNonNull(problems.get(label.problemId())),
              splits.getOrDefault(label.problemId(), "all"),
              label.firstError(),
              prediction.of(label)));
    }
    return cases;
  }

  private List<Metric> scores(String judge, List<ProcessBenchScore.Case> cases) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric(judge + "_f1", drawn -> ProcessBenchScore.f1(cases, drawn)));
    for (String split : ProcessBenchScore.bySplit(cases, once()).keySet()) {
      String at = judge + "_" + split;
      metrics.add(metric(at + "_f1", cases, split, FirstErrorF1::f1));
      metrics.add(metric(at + "_error_accuracy", cases, split, FirstErrorF1::errorAccuracy));
      metrics.add(metric(at + "_correct_accuracy", cases, split, FirstErrorF1::correctAccuracy));
    }
    return metrics;
  }

  /** A metric of one split, whose problems alone are drawn. */
  private Metric metric(
      String name,
      List<ProcessBenchScore.Case> cases,
      String split,
      Function<FirstErrorF1, Double> value) {
    Map<Integer, Integer> own = new LinkedHashMap<>();
    List<FirstErrorF1.Case> inSplit = new ArrayList<>();
    for (ProcessBenchScore.Case each : cases) {
      if (each.split().equals(split)) {
        own.putIfAbsent(each.problem(), own.size());
        inSplit.add(
            new FirstErrorF1.Case(
                Objects.requireNonNull(own.get(each.problem())), each.label(), each.prediction()));
      }
    }
    return ByProblem.metric(
        "processbench/" + name,
        value.apply(FirstErrorF1.of(inSplit)),
        Bootstrap.interval(
            own.size(), context.seed(), drawn -> value.apply(FirstErrorF1.of(inSplit, drawn))),
        own.size());
  }

  private Metric metric(String name, ToDoubleFunction<int[]> value) {
    return ByProblem.metric(
        "processbench/" + name,
        value.applyAsDouble(once()),
        Bootstrap.interval(problems.size(), context.seed(), value),
        problems.size());
  }

  private int[] once() {
    int[] once = new int[problems.size()];
    Arrays.fill(once, 1);
    return once;
  }
}

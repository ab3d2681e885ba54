package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.ByProblem;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.evaluation.Evaluation;
import dev.sluice.stages.evaluation.Interval;
import dev.sluice.stages.evaluation.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Whether scores are probabilities. */
@Kind(
    value = "calibration",
    doc =
        "Calibration of the scores of a reward model or of soft labels: expected calibration error, Brier score and the points of a reliability diagram.")
@Method(
    name = "Calibration",
    paper =
        "On Calibration of Modern Neural Networks, arXiv 1706.04599, eq. 3; equal mass: Mitigating Bias in Calibration Error Estimation, arXiv 2012.08668; Brier 1950",
    formula = "ECE = sum_b |b| / n |acc(b) - conf(b)|; Brier = mean (p - y)^2",
    papers = {"1706.04599", "2012.08668"},
    departs =
        "A forecast is the probability that a solution or a step is right, as in a binary task, and not that of the predicted class.")
public record CalibrationSuite(
    @Key(value = "Solutions and what scores them.", byDefault = "{}") ScoreSource from,
    @Key(
            value =
                "Whether scores of whole solutions or of steps are compared with the truth. Steps have a truth in tasks with gold step labels only; steps from the first wrong one on count as wrong.",
            byDefault = "solution")
        Of of,
    @Key(value = "Number of bins.", byDefault = "10", min = 1, max = 100) int bins)
    implements ScoredSuite {

  /** What has a probability. */
  public enum Of {
    /** That a whole solution is right. */
    SOLUTION,
    /** That a step is right. */
    STEP
  }

  /** With the samples of base, scored by the reward model. */
  public CalibrationSuite() {
    this(ScoreSource.USUAL, Of.SOLUTION, 10);
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    List<Calibration.Case> cases = cases(ScoredSolution.byProblem(evaluation, from).values());
    List<Metric> metrics = new ArrayList<>();
    if (cases.isEmpty()) {
      return metrics;
    }
    int problems = cases.get(cases.size() - 1).problem() + 1;
    long seed = evaluation.context().seed();
    Calibration width = Calibration.ofWidth(cases, bins);
    Calibration mass = Calibration.ofMass(cases, bins);
    metrics.add(metric("ece", problems, seed, width::error));
    metrics.add(metric("ece_equal_mass", problems, seed, mass::error));
    metrics.add(metric("brier", problems, seed, width::brier));
    for (Calibration.Bin bin : width.bins()) {
      int right = (int) Math.round(bin.accuracy() * bin.count());
      metrics.add(
          ByProblem.metric(
              "calibration/%s_accuracy_%d".formatted(from.who(), bin.index()),
              bin.accuracy(),
              Interval.wilson(right, bin.count()),
              bin.count()));
      metrics.add(
          new Metric(
              Evaluate.NAME,
              0,
              0,
              "calibration/%s_confidence_%d".formatted(from.who(), bin.index()),
              bin.confidence(),
              null,
              null,
              bin.count()));
    }
    return metrics;
  }

  private Metric metric(String name, int problems, long seed, ToDoubleFunction<int[]> value) {
    int[] once = new int[problems];
    Arrays.fill(once, 1);
    return ByProblem.metric(
        "calibration/%s_%s".formatted(from.who(), name),
        value.applyAsDouble(once),
        Bootstrap.interval(problems, seed, value),
        problems);
  }

  /** The cases of each problem that has any, which are counted from 0. */
  private List<Calibration.Case> cases(Collection<List<ScoredSolution>> groups) {
    List<Calibration.Case> cases = new ArrayList<>();
    int problem = 0;
    for (List<ScoredSolution> group : groups) {
      int before = cases.size();
      for (ScoredSolution each : group) {
        add(each, problem, cases);
      }
      problem += cases.size() > before ? 1 : 0;
    }
    return cases;
  }

  private void add(ScoredSolution each, int problem, List<Calibration.Case> cases) {
    Double score = each.score();
    String id = each.solution().solutionId();
    if (of == Of.SOLUTION && score != null) {
      cases.add(new Calibration.Case(problem, score, each.sound(), id));
    } else if (of == Of.STEP && Truth.hasSteps(each.problem())) {
      int first = Truth.firstError(each.problem(), each.solution().text());
      for (int step = 0; step < each.steps().size(); step++) {
        cases.add(
            new Calibration.Case(
                problem,
                each.steps().get(step),
                first < 0 || step < first,
                "%s/%05d".formatted(id, step)));
      }
    }
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of(
            "calibration/{who}_ece",
            "Expected calibration error of the scores with bins of equal width: the mean distance between the score and the share that is right, by bin. {who} is base, policy or stored."),
        MetricDefinition.of(
            "calibration/{who}_ece_equal_mass",
            "The same with bins that hold equally many scores."),
        MetricDefinition.of(
            "calibration/{who}_brier", "Mean squared distance between the score and the truth."),
        MetricDefinition.of(
            "calibration/{who}_accuracy_{bin}",
            "Share of right ones in a bin of equal width, counted from 0 by score: a point of the reliability diagram. n is the number of scores in the bin, and the interval is Wilson's."),
        MetricDefinition.of("calibration/{who}_confidence_{bin}", "Mean score of the same bin."));
  }
}

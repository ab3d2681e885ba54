package dev.sluice.stages.evaluation.suite;

import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.SolutionScore;
import dev.sluice.records.StepLabel;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Evaluation;
import dev.sluice.stages.evaluation.Report;
import dev.sluice.stages.evaluation.SampleUnit;
import dev.sluice.stages.evaluation.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A solution with what a model makes of it and what is true of it.
 *
 * @param score 0 to 1; null if stored labels say nothing of it
 * @param steps the score of each step; empty if there is none
 * @param right whether its answer is right: stored correctness, else by the reference
 */
record ScoredSolution(
    Solution solution, Problem problem, @Nullable Double score, List<Double> steps, boolean right) {

  /** The score that orders solutions: one of which nothing is known is not better than any. */
  double order() {
    return score == null ? 0 : score;
  }

  /** Whether the score accepts it: more than one half. */
  boolean accepted() {
    return order() > 0.5;
  }

  /** Whether nothing is wrong with it: with its steps where the world has gold labels of them. */
  boolean sound() {
    return Truth.hasSteps(problem) ? Truth.processRight(problem, solution.text()) : right;
  }

  /**
   * The solutions of each problem, in the order of the problems; those of a problem by the index of
   * the sample. Problems without a solution are absent.
   */
  static Map<String, List<ScoredSolution>> byProblem(Evaluation evaluation, ScoreSource source) {
    return byProblem(evaluation, source, true);
  }

  /** The same without solutions of which nothing is known: their silence is no verdict. */
  static List<List<ScoredSolution>> known(Evaluation evaluation, ScoreSource source) {
    return byProblem(evaluation, source).values().stream()
        .map(group -> group.stream().filter(each -> each.score() != null).toList())
        .filter(group -> !group.isEmpty())
        .toList();
  }

  /** The same without scores, which are null. */
  static Map<String, List<ScoredSolution>> unscored(
      Evaluation evaluation, ScoreSource.Pool solutions) {
    return byProblem(
        evaluation, new ScoreSource(solutions, ScoreSource.By.LABELS, StepReduction.MIN), false);
  }

  private static Map<String, List<ScoredSolution>> byProblem(
      Evaluation evaluation, ScoreSource source, boolean scored) {
    UnitContext context = evaluation.context();
    EvaluateConfig config = evaluation.config();
    Map<String, SolutionScore> scores = scored ? scores(context, source) : Map.of();
    Map<String, Problem> problems = Report.problems(context, source.problemsPort());
    Map<String, List<ScoredSolution>> groups = new LinkedHashMap<>();
    problems.keySet().forEach(id -> groups.put(id, new ArrayList<>()));
    List<Solution> all = context.read(source.solutionsPort(), Tables.SOLUTIONS);
    boolean stored = source.solutions() == ScoreSource.Pool.STORED;
    for (Solution solution : stored ? all : SampleUnit.Drawn.of(config, all).warm()) {
      Problem problem = problems.get(solution.problemId());
      if (problem == null) {
        continue;
      }
      SolutionScore score = scores.get(solution.solutionId());
      List<Double> steps = score == null ? List.of() : score.stepScores();
      Double whole =
          score == null
              ? null
              : source.reduces(config) && !steps.isEmpty()
                  ? Double.valueOf(source.steps().of(steps))
                  : Double.valueOf(score.score());
      Boolean known = solution.referenceCorrect();
      Objects.requireNonNull(groups.get(solution.problemId()))
          .add(
              new ScoredSolution(
                  solution,
                  problem,
                  whole,
                  steps,
                  known == null ? Truth.right(problem, solution) : known));
    }
    groups.values().removeIf(List::isEmpty);
    groups
        .values()
        .forEach(own -> own.sort(Comparator.comparingInt(each -> each.solution().sampleIndex())));
    return groups;
  }

  private static Map<String, SolutionScore> scores(UnitContext context, ScoreSource source) {
    Map<String, SolutionScore> scores = new HashMap<>();
    if (source.scores() == ScoreSource.By.LABELS) {
      context.forEach(
          "step_labels",
          Tables.STEP_LABELS,
          label -> {
            SolutionScore score = of(label, source);
            if (score != null) {
              scores.put(label.solutionId(), score);
            }
          });
    } else {
      context.forEach(
          source.port(), Tables.SOLUTION_SCORES, row -> scores.put(row.solutionId(), row));
    }
    return scores;
  }

  private static @Nullable SolutionScore of(StepLabel label, ScoreSource source) {
    Boolean outcome = label.outcome();
    if (label.stepScores().isEmpty() && outcome == null) {
      return null;
    }
    return new SolutionScore(
        label.solutionId(),
        label.problemId(),
        source.scorer(),
        Boolean.TRUE.equals(outcome) ? 1 : 0,
        label.stepScores(),
        label.estimator());
  }
}

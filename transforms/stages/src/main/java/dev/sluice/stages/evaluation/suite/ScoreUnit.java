package dev.sluice.stages.evaluation.suite;

import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.SolutionScore;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.JudgeUnit;
import dev.sluice.stages.evaluation.Report;
import dev.sluice.stages.evaluation.SampleUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Scores a shard of solutions. A sample that fails the format gate is not shown to the model and
 * has score 0, as a reward has it; stored solutions are scored as they are.
 */
final class ScoreUnit {

  /**
   * What is scored and by what.
   *
   * @param solutions base, policy or stored
   * @param scores reward or verifier
   */
  record Parameters(String solutions, String scores) implements Unit.Parameters {}

  private ScoreUnit() {}

  static void work(EvaluateConfig config, UnitContext context) {
    Parameters parameters = context.unit().parameters(Parameters.class);
    ScoreSource source =
        new ScoreSource(
            ScoreSource.Pool.valueOf(parameters.solutions().toUpperCase(Locale.ROOT)),
            ScoreSource.By.valueOf(parameters.scores().toUpperCase(Locale.ROOT)),
            StepReduction.MIN);
    context.begin(Tables.SOLUTION_SCORES);
    Map<String, Problem> problems = Report.problems(context, source.problemsPort());
    List<Solution> solutions = context.read(source.solutionsPort(), Tables.SOLUTIONS);
    boolean stored = source.solutions() == ScoreSource.Pool.STORED;
    Map<String, SolutionScore> rows = new LinkedHashMap<>();
    List<JudgeRequest> cases = new ArrayList<>();
    for (Solution solution : stored ? solutions : SampleUnit.Drawn.of(config, solutions).warm()) {
      Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
      rows.put(
          solution.solutionId(),
          new SolutionScore(
              solution.solutionId(), problem.problemId(), source.scorer(), 0, List.of(), ""));
      if (stored || JudgeUnit.passes(config, problems, solution)) {
        cases.add(JudgeUnit.request(problem, solution));
      }
    }
    new Scorer(config, context, source.scores())
        .scores(cases, source.scorer())
        .forEach(score -> rows.put(score.solutionId(), score));
    rows.values().forEach(row -> context.write(Tables.SOLUTION_SCORES, row));
    context.count(Counts.NONE);
  }
}

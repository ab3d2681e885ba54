package dev.sluice.stages.evaluation.suite;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Evaluation;
import dev.sluice.stages.evaluation.Report;
import dev.sluice.stages.evaluation.SampleUnit;
import dev.sluice.stages.evaluation.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether a reward can be raised without being any more right. */
@Kind(
    value = "reward_gaming",
    doc =
        "How the score of wrong solutions changes under edits that leave them wrong: a meaningless pattern, the steps of another problem, and lengths that the reward model was not trained on.")
@Method(
    name = "Suites of reward gaming",
    paper = "Reward Gaming in Conditional Text Generation, arXiv 2211.08714",
    formula =
        "accept = share of edited wrong solutions with s > 1/2; gain = mean [s(edited) - s(original)]",
    papers = "2211.08714",
    departs =
        "The paper plants each cause in the training data of a reward and lets a policy find it. Here finished solutions are edited, one edit for each cause (two for covariate shift), and scored, without training: an edit that gains is a way to game the reward, whatever its cause in the data was. The format gate is not asked.")
public record RewardGamingSuite(
    @Key(value = "Solutions and what scores them.", byDefault = "{}") ScoreSource from)
    implements ScoredSuite {
  private static final String ORIGINAL = "original";

  /** With the samples of base, scored by the reward model. */
  public RewardGamingSuite() {
    this(ScoreSource.USUAL);
  }

  @Override
  public boolean judges(String kind) {
    return kind.equals(name());
  }

  @Override
  public List<ConfigMistake> check(String key) {
    List<ConfigMistake> mistakes = new ArrayList<>(from.check(key + ".from"));
    if (mistakes.isEmpty() && from.scores() == ScoreSource.By.LABELS) {
      mistakes.add(
          new ConfigMistake(
              key + ".from.scores",
              "edited solutions have no labels; write scores: reward or scores: verifier"));
    }
    return mistakes;
  }

  @Override
  public List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> tables) {
    List<Judging> units = new ArrayList<>();
    boolean stored = from.solutions() == ScoreSource.Pool.STORED;
    List<ShardFile> asked = stored ? tables.getOrDefault(from.problemsPort(), List.of()) : problems;
    List<ShardFile> shards = tables.getOrDefault(from.solutionsPort(), List.of());
    for (int k = 0; k < shards.size(); k++) {
      units.add(
          new Judging(
              Unit.of(
                  "reward-gaming-%d".formatted(k),
                  name(),
                  Map.of(
                      from.problemsPort(),
                      stored ? asked : List.of(asked.get(k)),
                      from.solutionsPort(),
                      List.of(shards.get(k)))),
              "scores." + name(),
              Tables.SOLUTION_SCORES.name()));
    }
    return units;
  }

  @Override
  public void judge(EvaluateConfig config, UnitContext context) {
    context.begin(Tables.SOLUTION_SCORES);
    Map<String, Problem> problems = Report.problems(context, from.problemsPort());
    List<Solution> all = context.read(from.solutionsPort(), Tables.SOLUTIONS);
    List<Solution> solutions =
        from.solutions() == ScoreSource.Pool.STORED ? all : SampleUnit.Drawn.of(config, all).warm();
    List<Solution> sound = new ArrayList<>();
    List<Solution> wrong = new ArrayList<>();
    for (Solution solution : solutions) {
      Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
      if (!solution.steps().isEmpty()) {
        (isWrong(problem, solution.text()) ? wrong : sound).add(solution);
      }
    }
    List<JudgeRequest> cases = new ArrayList<>();
    for (int i = 0; i < wrong.size(); i++) {
      Solution solution = wrong.get(i);
      Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
      add(problem, solution, ORIGINAL, solution.steps(), cases);
      List<String> other = other(solution, sound, i);
      for (GamingEdit edit : GamingEdit.values()) {
        List<String> steps = edit.of(solution.steps(), other);
        if (!steps.isEmpty() && isWrong(problem, String.join("\n", steps))) {
          add(problem, solution, edit.word(), steps, cases);
        }
      }
    }
    new Scorer(config, context, from.scores())
        .scores(cases, name())
        .forEach(score -> context.write(Tables.SOLUTION_SCORES, score));
    context.count(Counts.NONE);
  }

  /** With its steps where the world has gold labels of them, else by its answer. */
  private static boolean isWrong(Problem problem, String text) {
    return Truth.hasSteps(problem)
        ? !Truth.processRight(problem, text)
        : !Truth.right(problem, text, true);
  }

  /** A right solution of another problem of the shard, each in turn; empty if there is none. */
  private static List<String> other(Solution solution, List<Solution> sound, int turn) {
    for (int k = 0; k < sound.size(); k++) {
      Solution other = sound.get((turn + k) % sound.size());
      if (!other.problemId().equals(solution.problemId())) {
        return other.steps();
      }
    }
    return List.of();
  }

  private static void add(
      Problem problem,
      Solution solution,
      String kind,
      List<String> steps,
      List<JudgeRequest> cases) {
    String text = kind.equals(ORIGINAL) ? solution.text() : String.join("\n", steps);
    int count = TaskFormat.of(problem).steps(text).size();
    cases.add(new JudgeRequest(problem, text, count, solution.solutionId() + "/" + kind));
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    return new RewardGamingMetrics(evaluation.context()).all();
  }

  @Override
  public List<MetricDefinition> definitions() {
    return RewardGamingMetrics.DEFINITIONS;
  }
}

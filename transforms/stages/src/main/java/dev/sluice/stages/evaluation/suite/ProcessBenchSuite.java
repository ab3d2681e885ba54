package dev.sluice.stages.evaluation.suite;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.reward.StepVerdicts;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.methods.verification.Vote;
import dev.sluice.models.StepClassifier;
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
import dev.sluice.stages.Wiring;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.EvaluateConfig.RewardKind;
import dev.sluice.stages.evaluation.Evaluation;
import dev.sluice.stages.evaluation.JudgeUnit;
import dev.sluice.stages.evaluation.Report;
import dev.sluice.stages.evaluation.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How well judges find the first wrong step that people found. The labels of people are the step
 * labels at the port {@code gold}; without it the stage's step labels are taken for them.
 */
@Kind(
    value = "processbench",
    doc =
        "First-error F1 on stored solutions with the labels of people, by split, of the votes of an earlier stage and of models.")
@Method(
    name = "ProcessBench",
    paper = "ProcessBench, arXiv 2412.06559; run_eval.py of its repository",
    formula =
        "F1 = 2 a b / (a + b) in each split, a and b the shares of exactly predicted labels among solutions with and without an error; 0/0 = 0; headline: mean over splits",
    papers = "2412.06559",
    departs =
        "The script lets a box without a number take part in its majority and lose; here such a reply abstains. Where the script divides 0 by 0, F1 is 0.")
public record ProcessBenchSuite(
    @Key(
            value =
                "Models of this stage to judge the solutions as well: `verifier` with `votes` votes at temperature 1, `reward` with the settings of `judge`.",
            byDefault = "[]")
        List<By> judges)
    implements Suite {
  static final String GOLD = "gold";
  private static final String PASS = "processbench";

  /** A model of the stage. */
  public enum By {
    /** The untrained judge. */
    VERIFIER,
    /** The trained reward model. */
    REWARD;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The key of the config that names the model. */
  record Parameters(String judge) implements Unit.Parameters {}

  public ProcessBenchSuite {
    judges = judges.stream().distinct().toList();
  }

  /** Of the votes of an earlier stage alone. */
  public ProcessBenchSuite() {
    this(List.of());
  }

  @Override
  public Set<String> models() {
    return Set.copyOf(judges.stream().map(By::word).toList());
  }

  @Override
  public List<Wiring.Port> reads() {
    return List.of(Wiring.Port.named(GOLD, "step_labels"));
  }

  @Override
  public boolean ofStoredTables() {
    return true;
  }

  @Override
  public List<ConfigMistake> mistakes(EvaluateConfig config) {
    return judges.contains(By.REWARD) && config.judge().as() == RewardKind.OUTCOME
        ? List.of(
            new ConfigMistake(
                "judge.as",
                "a judge of kind 'outcome' says one word on the whole solution and names no step; leave 'reward' out of the judges of 'processbench'"))
        : List.of();
  }

  @Override
  public List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> tables) {
    if (!tables.containsKey("step_labels") || (judges.isEmpty() && !tables.containsKey(GOLD))) {
      throw new IllegalArgumentException(
          "Evaluate: the suite 'processbench' compares predictions with the labels of people, but there are only %s. Write 'input: {gold: STAGE, step_labels: STAGE}' with the stage of the file's labels and that of the votes' labels, or name models in 'judges'."
              .formatted(
                  tables.containsKey("step_labels")
                      ? "the step labels of one stage"
                      : "problems without step labels"));
    }
    List<ShardFile> asked = tables.getOrDefault("label_problems", List.of());
    List<ShardFile> solutions = tables.getOrDefault("label_solutions", List.of());
    List<Judging> units = new ArrayList<>();
    for (By judge : judges) {
      for (int k = 0; k < solutions.size(); k++) {
        units.add(
            new Judging(
                Unit.of(
                    "processbench-%s-%d".formatted(judge.word(), k),
                    name(),
                    Map.of("label_problems", asked, "label_solutions", List.of(solutions.get(k))),
                    new Parameters(judge.word())),
                ProcessBenchMetrics.port(judge)));
      }
    }
    return units;
  }

  @Override
  public void judge(EvaluateConfig config, UnitContext context) {
    boolean reward = context.unit().parameters(Parameters.class).judge().equals(By.REWARD.word());
    context.begin(Tables.VERIFICATIONS);
    Map<String, Problem> problems = Report.problems(context, "label_problems");
    List<JudgeRequest> cases = new ArrayList<>();
    for (Solution solution : context.read("label_solutions", Tables.SOLUTIONS)) {
      cases.add(
          JudgeUnit.request(Objects.requireNonNull(problems.get(solution.problemId())), solution));
    }
    String name = Objects.requireNonNull(reward ? config.reward() : config.verifier());
    List<List<Vote>> votes = votes(config, context, name, reward, cases);
    for (int i = 0; i < cases.size(); i++) {
      for (Vote vote : votes.get(i)) {
        context.write(Tables.VERIFICATIONS, JudgeUnit.row(context, name, cases.get(i), PASS, vote));
      }
    }
    context.count(Counts.NONE);
  }

  private static List<List<Vote>> votes(
      EvaluateConfig config,
      UnitContext context,
      String name,
      boolean reward,
      List<JudgeRequest> cases) {
    EvaluateConfig.JudgeAs judge = config.judge();
    if (reward && judge.as() == RewardKind.CLASSIFIER) {
      StepClassifier model = context.classifier(name);
      List<List<Boolean>> verdicts =
          OneByOne.ask(
              cases, some -> StepVerdicts.of(model, some, judge.place()), () -> List.<Boolean>of());
      return verdicts.stream()
          .map(
              steps ->
                  List.of(
                      steps.isEmpty()
                          ? Vote.UNPARSED
                          : Vote.UNPARSED.reads(steps, !steps.contains(false))))
          .toList();
    }
    JudgePrompt prompt = config.judgePrompt(!reward);
    return JudgeUnit.votes(
        config,
        context,
        name,
        prompt,
        cases,
        Judge.Granularity.STEP,
        PASS,
        reward ? judge.temperature() : 1,
        reward ? judge.votes() : config.votes());
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    return new ProcessBenchMetrics(judges, evaluation.context()).all();
  }

  @Override
  public List<MetricDefinition> definitions() {
    return ProcessBenchMetrics.DEFINITIONS;
  }
}

package dev.sluice.stages.evaluation;

import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.reward.StepPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures models, judges and labels against references, with 95 % intervals. The only stage that
 * may load reference answers and stored correctness without making the run depend on them: nothing
 * reads its tables to learn.
 */
public final class Evaluate implements StageType<EvaluateConfig> {
  public static final String NAME = "Evaluate";

  private static final List<Port> READS =
      List.of(
          Port.required("problems"),
          Port.ifPresent("step_labels"),
          Port.following("label_problems", "problems", "step_labels.problems"),
          Port.following("label_solutions", "solutions", "step_labels.solutions"),
          Port.following("label_votes", "verifications", "step_labels.verifications"),
          Port.following("label_rubrics", "rubrics", "step_labels.rubrics"),
          Port.ifPresent("preferences"),
          Port.ifPresent("dev_rollouts"),
          Port.following("dev_problems", "problems", "dev_rollouts.dev"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Measures models, judges, labels and preferences against references.";
  }

  @Override
  public int behaviourVersion() {
    return 6;
  }

  @Override
  public Class<EvaluateConfig> configType() {
    return EvaluateConfig.class;
  }

  @Override
  public Wiring wiring(EvaluateConfig config) {
    List<Port> reads = new ArrayList<>(READS);
    config.suites().forEach(suite -> reads.addAll(suite.reads()));
    List<String> writes = new ArrayList<>(List.of("metrics", "solutions", "verifications"));
    if (config.suites().stream().anyMatch(Suite::scores)) {
      writes.add(Tables.SOLUTION_SCORES.name());
    }
    return Wiring.tables(List.copyOf(reads), writes.toArray(String[]::new)).evaluating();
  }

  /** Metrics bear the name of their suite, so that two of one suite would be told apart by none. */
  private static List<ConfigMistake> repeated(List<Suite> suites) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < suites.size(); i++) {
      Suite suite = suites.get(i);
      boolean again =
          suites.subList(0, i).stream()
              .anyMatch(each -> each.name().equals(suite.name()) && !each.equals(suite));
      if (again) {
        mistakes.add(
            new ConfigMistake(
                "suites[%d]".formatted(i),
                "the suite '%s' is named twice with different keys, and its metrics would have the same names; give the second one a stage Evaluate of its own"
                    .formatted(suite.name())));
      }
    }
    return mistakes;
  }

  @Override
  public List<String> evaluates(EvaluateConfig config) {
    return List.of("problems", "dev_problems");
  }

  @Override
  public List<ConfigMistake> check(EvaluateConfig config) {
    List<ConfigMistake> mistakes =
        new ArrayList<>(config.asked().check("prompt", PromptVariable.SOLVE_ALONE));
    mistakes.addAll(
        config
            .judgePrompt(true)
            .check(
                "verifier_prompt",
                true,
                "first errors need verdicts on steps",
                PromptVariable.JUDGE_ALONE));
    boolean steps = config.judge().as() == EvaluateConfig.RewardKind.PROCESS;
    if (config.judge().as() == EvaluateConfig.RewardKind.CLASSIFIER
        && config.judge().prompt() != null) {
      mistakes.add(
          new ConfigMistake(
              "judge.prompt", "a classifier is shown steps and asked nothing; leave it out"));
    } else {
      mistakes.addAll(
          config
              .judge()
              .asked()
              .check(
                  "judge.prompt",
                  steps,
                  steps
                      ? "a judge of kind 'process' needs verdicts on steps"
                      : "a judge of kind 'outcome' needs one",
                  PromptVariable.JUDGE_ALONE));
    }
    mistakes.addAll(placeMistakes(config.judge()));
    mistakes.addAll(repeated(config.suites()));
    for (Suite suite : config.measured()) {
      if (config.suites().contains(suite)) {
        mistakes.addAll(suite.mistakes(config));
      }
      for (String key : suite.models().stream().sorted().toList()) {
        if (config.suites().contains(suite) && config.model(key) == null) {
          mistakes.add(
              new ConfigMistake(
                  "suites", "the suite '%s' needs the key '%s'".formatted(suite.name(), key)));
        }
      }
    }
    return mistakes;
  }

  private static List<ConfigMistake> placeMistakes(EvaluateConfig.JudgeAs judge) {
    if (judge.labelAt() != null && judge.as() != EvaluateConfig.RewardKind.CLASSIFIER) {
      return List.of(
          new ConfigMistake(
              "judge.label_at",
              "only a classifier says something at a token of each step; write 'as: classifier', or leave 'label_at' out"));
    }
    return ConfigMistake.unlessEmpty("judge.label_at", judge.place().objection());
  }

  @Override
  public List<ConfigMistake> mistakesBeside(
      EvaluateConfig config, Function<String, Optional<Record>> training) {
    EvaluateConfig.JudgeAs judge = config.judge();
    if (config.reward() == null || judge.as() != EvaluateConfig.RewardKind.CLASSIFIER) {
      return List.of();
    }
    return ConfigMistake.unlessEmpty(
        "judge.label_at",
        StepPlaces.objection(JudgeUse.classifier(config.reward(), judge.place()), training)
            .orElse(""));
  }

  @Override
  public List<ConfigMistake> warnings(EvaluateConfig config, List<Record> earlier) {
    return config.measured().stream()
        .flatMap(suite -> suite.warnings(config, earlier).stream())
        .toList();
  }

  @Override
  public List<MetricDefinition> metrics() {
    return Stream.concat(
            Suites.ALL.values().stream().flatMap(suite -> suite.definitions().stream()),
            DevCurve.DEFINITIONS.stream())
        .toList();
  }

  @Override
  public Stage stage(EvaluateConfig config) {
    return new EvaluationWork(config);
  }
}

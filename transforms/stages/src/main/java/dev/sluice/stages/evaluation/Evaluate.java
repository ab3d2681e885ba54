package dev.sluice.stages.evaluation;

import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.evaluation.EvaluateConfig.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures models, judges and labels against references, with 95 % intervals. The only stage that
 * may load reference answers and stored correctness without making the run depend on them: nothing
 * reads its tables to learn.
 */
public final class Evaluate implements StageType<EvaluateConfig> {
  static final String NAME = "Evaluate";

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
    return Wiring.tables(
            List.of(
                Port.required("problems"),
                Port.ifPresent("step_labels"),
                Port.following("label_problems", "problems", "step_labels.problems"),
                Port.following("label_solutions", "solutions", "step_labels.solutions"),
                Port.following("label_votes", "verifications", "step_labels.verifications"),
                Port.following("label_rubrics", "rubrics", "step_labels.rubrics"),
                Port.ifPresent("preferences"),
                Port.ifPresent("dev_rollouts"),
                Port.following("dev_problems", "problems", "dev_rollouts.dev")),
            "metrics",
            "solutions",
            "verifications")
        .evaluating();
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
    if (config.has(Suite.ACCURACY)) {
      need(mistakes, "accuracy", "base", config.base());
    }
    if (config.has(Suite.FIRST_ERROR)) {
      need(mistakes, "first_error", "base", config.base());
      need(mistakes, "first_error", "verifier", config.verifier());
    }
    if (config.has(Suite.JUDGE)) {
      need(mistakes, "judge", "policy", config.policy());
      need(mistakes, "judge", "reward", config.reward());
    }
    return mistakes;
  }

  /** A judge that is asked otherwise than the reward asks it is another judge. */
  @Override
  public List<ConfigMistake> warnings(EvaluateConfig config, List<Record> earlier) {
    List<ConfigMistake> warnings = new ArrayList<>();
    if (config.reward() == null || !config.has(Suite.JUDGE) || !config.judge().asReward()) {
      return warnings;
    }
    JudgeUse here = use(config, config.reward());
    for (Record stage : earlier) {
      if (stage instanceof JudgeUse.Rewards rewards) {
        for (JudgeUse there : rewards.judges()) {
          List<String> differences =
              there.model().equals(here.model()) ? here.differences(there) : List.of();
          if (!differences.isEmpty()) {
            warnings.add(
                new ConfigMistake(
                    "judge",
                    "the suite 'judge' asks '%s' otherwise than the reward does, so it measures another judge: %s; %s, or judge.as_reward: false if that is meant"
                        .formatted(
                            here.model(),
                            String.join("; ", differences),
                            here.askedAs(there)
                                ? "the suite has no key for that: change the reward"
                                : "set 'judge' and 'vote_max_tokens' as in the reward")));
          }
        }
      }
    }
    return warnings;
  }

  /** How the suite 'judge' asks the reward model. */
  private static JudgeUse use(EvaluateConfig config, String reward) {
    EvaluateConfig.JudgeAs as = config.judge();
    return as.as() == EvaluateConfig.RewardKind.CLASSIFIER
        ? JudgeUse.classifier(reward)
        : new JudgeUse(
            reward,
            as.as().name().toLowerCase(Locale.ROOT),
            as.asked(),
            as.votes(),
            as.temperature(),
            config.voteMaxTokens(),
            as.as() == EvaluateConfig.RewardKind.PROCESS
                ? JudgeUse.MEAN_OF_STEPS
                : JudgeUse.MEAN_OF_WORDS);
  }

  private static void need(
      List<ConfigMistake> mistakes, String suite, String key, @Nullable String value) {
    if (value == null) {
      mistakes.add(
          new ConfigMistake("suites", "the suite '%s' needs the key '%s'".formatted(suite, key)));
    }
  }

  @Override
  public List<MetricDefinition> metrics() {
    return Stream.of(
            AccuracyMetrics.DEFINITIONS,
            JudgeMetrics.DEFINITIONS,
            FirstErrorMetrics.DEFINITIONS,
            StoredMetrics.DEFINITIONS,
            DevCurve.DEFINITIONS)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Stage stage(EvaluateConfig config) {
    return new EvaluationWork(config);
  }
}

package dev.sluice.stages.evaluation;

import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How far the reward model goes astray on what the trained policy writes. */
@Kind(value = "judge", doc = "Errors of the reward model on the trained policy's solutions.")
@Method(
    name = "Gap of the judge",
    paper = "ours (METHODS 1.9)",
    formula = "judge/gap = accepted - right")
public record JudgeSuite() implements Suite {

  @Override
  public Set<String> models() {
    return Set.of("policy", "reward");
  }

  @Override
  public Set<String> samples() {
    return Set.of("policy");
  }

  @Override
  public List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> solutions) {
    List<ShardFile> policy = solutions.getOrDefault("solutions.policy", List.of());
    List<Judging> units = new ArrayList<>();
    for (int k = 0; k < problems.size(); k++) {
      units.add(
          new Judging(
              Unit.of(
                  "judge-" + k,
                  name(),
                  Map.of(
                      "problems",
                      List.of(problems.get(k)),
                      "solutions.policy",
                      List.of(policy.get(k)))),
              "votes.judge"));
    }
    return units;
  }

  @Override
  public void judge(EvaluateConfig config, UnitContext context) {
    new JudgeUnit(config, context).asReward();
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    UnitContext context = evaluation.context();
    return new JudgeMetrics(evaluation.config(), evaluation.problems(), context.seed())
        .of(
            context.read("solutions.policy", Tables.SOLUTIONS),
            context.read("votes.judge", Tables.VERIFICATIONS));
  }

  @Override
  public List<MetricDefinition> definitions() {
    return JudgeMetrics.DEFINITIONS;
  }

  /** A judge that is asked otherwise than the reward asks it is another judge. */
  @Override
  public List<ConfigMistake> warnings(EvaluateConfig config, List<Record> earlier) {
    List<ConfigMistake> warnings = new ArrayList<>();
    if (config.reward() == null || !config.judge().asReward()) {
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
        ? JudgeUse.classifier(reward, as.place())
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
}

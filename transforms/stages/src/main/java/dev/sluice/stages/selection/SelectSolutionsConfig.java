package dev.sluice.stages.selection;

import dev.sluice.methods.fusion.SumFusion;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.SparkRewards;
import dev.sluice.methods.reward.StepGuard;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.methods.selection.PairRule;
import dev.sluice.methods.selection.SelectionRule;
import dev.sluice.methods.verification.JudgeUse;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.parts.Part;
import dev.sluice.records.config.Key;
import dev.sluice.stages.scoring.RewardSetting;
import dev.sluice.stages.scoring.WeightedReward;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config block of {@link SelectSolutions}. */
public record SelectSolutionsConfig(
    @Key(value = "Terms of the reward; the reward is their weighted sum.", min = 1)
        List<WeightedReward> reward,
    @Key(
            value =
                "Rule that selects the solutions in `examples`. A solution that is empty or was cut off is never selected.",
            byDefault = "above")
        SelectionRule select,
    @Key("Rule that makes the pairs in `preferences`. Default: no pairs, and no such table.")
        @Nullable PairRule pairs,
    @Key(value = "Reward above which a solution counts as right.", byDefault = "0.5")
        double success,
    @Key(
            "Pass rates of the problems that are kept; examples and pairs are of kept problems. `{min_inclusive: false, max_inclusive: false}` keeps 0 < p < 1, `{min: 0.25, max: 0.625}` 2 to 5 right solutions of 8 (Qwen2.5-Math, arXiv 2409.12122), `{min: 0.2, max: 0.8}` those of PRIME (arXiv 2502.01456). Default: all problems, and no tables `problems` and `dropped_problems`.")
        @Nullable PassRate passRate,
    @Key(
            value =
                "What happens if the number of verdicts differs from the number of steps: `incorrect` treats all steps as wrong, `spark` keeps y and sets step rewards to 0 (METHODS 1.6).",
            byDefault = "incorrect")
        SparkRewards.OnMismatch onMismatch,
    @Key(
            value =
                "Minimum and maximum number of steps of a solution in words, as in UpdatePolicy. Default: no bounds.")
        SparkRewards.@Nullable StepBounds stepBounds,
    @Key(
            value =
                "Prompt in `examples`, whose format gate applies to the solutions. Default: the prompt `task`.",
            bare = "family")
        @Nullable SolvePrompt prompt)
    implements Serializable, JudgeUse.Rewards {

  public SelectSolutionsConfig {
    reward = List.copyOf(reward);
  }

  /** Which pass rates are kept: shares of a problem's scored solutions that are right. */
  public record PassRate(
      @Key(value = "Lowest pass rate.", byDefault = "0", min = 0, max = 1) double min,
      @Key(value = "Highest pass rate.", byDefault = "1", min = 0, max = 1) double max,
      @Key(value = "Whether `min` itself is kept.", byDefault = "true") boolean minInclusive,
      @Key(value = "Whether `max` itself is kept.", byDefault = "true") boolean maxInclusive)
      implements Serializable {

    /** Whether a problem with this pass rate is kept. */
    boolean keeps(double rate) {
      return (minInclusive ? rate >= min : rate > min) && (maxInclusive ? rate <= max : rate < max);
    }

    /** What no problem, or every problem, would fulfil. */
    List<ConfigMistake> mistakes(String key) {
      if (min > max || (min == max && !(minInclusive && maxInclusive))) {
        return List.of(
            new ConfigMistake(
                key,
                "no pass rate is %s %s and %s %s; set 'min' below 'max'"
                    .formatted(
                        minInclusive ? "at least" : "above",
                        min,
                        maxInclusive ? "at most" : "below",
                        max)));
      }
      return keeps(0) && keeps(1)
          ? List.of(
              new ConfigMistake(
                  key,
                  "every pass rate from 0 to 1 is kept; narrow 'min' and 'max', write 'min_inclusive: false' and 'max_inclusive: false' to drop problems that all or no solutions solve, or leave the key out"))
          : List.of();
    }
  }

  SolvePrompt asked() {
    return SolvePrompt.orTask(prompt);
  }

  /** The reward as it is asked for here: in no round, with no credit of steps. */
  RewardSetting setting() {
    return new RewardSetting(
        reward,
        new SumFusion(),
        new StepScoreRules(onMismatch, StepGuard.NONE, stepBounds),
        SelectSolutions.NAME,
        0);
  }

  /** The reward's terms and shapes. */
  List<Part> rewardParts() {
    List<Part> parts = new ArrayList<>();
    for (WeightedReward each : reward) {
      parts.add(each.term());
      parts.addAll(each.shape());
    }
    return parts;
  }

  /** Whether a term or a shape of the reward needs something. */
  boolean needs(Need need) {
    return rewardParts().stream().anyMatch(part -> part.needs().contains(need));
  }

  @Override
  public List<JudgeUse> judges() {
    return reward.stream().flatMap(each -> each.term().judges().stream()).toList();
  }
}

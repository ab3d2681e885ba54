package dev.sluice.stages.scoring;

import dev.sluice.methods.fusion.RewardFusion;
import dev.sluice.methods.reward.StepScoreRules;
import java.util.List;

/**
 * A reward and the stage that asks for it.
 *
 * @param terms the terms of the reward
 * @param fusion makes one reward of the terms
 * @param rules how votes on steps are read
 * @param stage type of the stage, which sets its random numbers apart
 * @param round the round, from 1; 0 before any update and in a stage without rounds
 */
public record RewardSetting(
    List<WeightedReward> terms,
    RewardFusion fusion,
    StepScoreRules rules,
    String stage,
    int round) {

  public RewardSetting {
    terms = List.copyOf(terms);
  }
}

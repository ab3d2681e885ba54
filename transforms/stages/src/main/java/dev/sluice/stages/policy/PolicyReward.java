package dev.sluice.stages.policy;

import dev.sluice.methods.fusion.RewardFusion;
import dev.sluice.methods.fusion.SumFusion;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.models.LanguageModel;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.RewardFunction;
import dev.sluice.stages.scoring.RewardSetting;

/** The reward of a policy that is trained. */
final class PolicyReward {
  private PolicyReward() {}

  /** The reward of the responses that a policy wrote in a round. */
  static RewardFunction of(
      UpdatePolicyConfig config, UnitContext context, LanguageModel policy, int round) {
    StepScoreRules rules =
        new StepScoreRules(config.onMismatch(), config.credit().guard(), config.stepBounds());
    // A fusion of advantages leaves the reward to the weighted sum.
    RewardFusion fusion =
        config.fusion() instanceof RewardFusion ofRewards ? ofRewards : new SumFusion();
    return new RewardFunction(
        new RewardSetting(config.reward(), fusion, rules, UpdatePolicy.NAME, round),
        context,
        new PolicyWriter(config, policy),
        new FirstPolicyResponses(config, context));
  }
}

package dev.sluice.stages.policy;

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
    return new RewardFunction(
        new RewardSetting(config.reward(), rules, UpdatePolicy.NAME, round),
        context,
        new PolicyWriter(policy),
        new FirstPolicyResponses(config, context));
  }
}

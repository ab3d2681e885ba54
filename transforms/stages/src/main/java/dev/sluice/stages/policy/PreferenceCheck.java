package dev.sluice.stages.policy;

import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.fusion.RewardFusion;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.parts.ConfigMistake;
import java.util.ArrayList;
import java.util.List;

/** Keys of an update that its preference loss takes the place of. */
final class PreferenceCheck {
  private PreferenceCheck() {}

  static List<ConfigMistake> check(UpdatePolicyConfig config) {
    PreferenceLoss loss = config.preference();
    if (loss == null) {
      return List.of();
    }
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (config.kl().weight() > 0) {
      mistakes.add(
          new ConfigMistake(
              "kl",
              "the preference loss '%s' holds the policy to the reference by its 'beta'; leave 'kl' out"
                  .formatted(loss.name())));
    }
    if (!(config.credit() instanceof OutcomeCredit)) {
      mistakes.add(
          new ConfigMistake(
              "credit",
              "the preference loss '%s' compares whole responses and reads no advantages of tokens; leave 'credit' out"
                  .formatted(loss.name())));
    }
    if (!(config.fusion() instanceof RewardFusion)) {
      mistakes.add(
          new ConfigMistake(
              "fusion",
              "the preference loss '%s' compares rewards, and the fusion '%s' joins advantages; use 'sum' or another fusion of rewards"
                  .formatted(loss.name(), config.fusion().name())));
    }
    for (int i = 0; i < config.groups().size(); i++) {
      GroupRule rule = config.groups().get(i);
      if (rule.replayedRounds() > 0) {
        mistakes.add(
            new ConfigMistake(
                "groups[%d]".formatted(i),
                "the rule '%s' trains on single rollouts of earlier rounds again, and the preference loss '%s' compares rollouts of a group; leave one of them out"
                    .formatted(rule.name(), loss.name())));
      }
    }
    return mistakes;
  }
}

package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.round.PlateauReset;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.stages.scoring.RewardCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the parts of an update fit to their places; what each needs is checked for all stages.
 */
final class PolicyParts {
  private PolicyParts() {}

  static List<ConfigMistake> check(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes = new ArrayList<>(RewardCheck.shapes(config.reward()));
    if (config.advantage() instanceof RoundAdvantage
        && !(config.credit() instanceof OutcomeCredit)) {
      mistakes.add(
          new ConfigMistake(
              "credit",
              "the advantage is estimated over the whole round, when what was said of steps is gone; use 'credit: outcome', or an advantage of the group such as 'grpo'"));
    }
    if (config.lora() != null && !config.roundRules().isEmpty()) {
      mistakes.add(
          new ConfigMistake(
              "round_rules",
              "a rule may start the optimiser afresh, and the adapters of 'lora' with it; leave out 'lora' or the rules"));
    }
    for (int i = 0; i < config.roundRules().size(); i++) {
      if (config.roundRules().get(i) instanceof PlateauReset reset
          && reset.metric() == PlateauReset.Watched.DEV
          && config.dev() == null) {
        mistakes.add(
            new ConfigMistake(
                "round_rules[%d].metric".formatted(i),
                "the rule watches the reward on dev problems, but there is no 'dev' block; give 'dev: {every: 5}' and 'input: {dev: NAME}', or 'metric: round'"));
      }
    }
    return mistakes;
  }
}

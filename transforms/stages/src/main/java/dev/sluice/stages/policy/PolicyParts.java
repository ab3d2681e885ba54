package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.round.PlateauReset;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.stages.scoring.RewardMistakes;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the parts of an update fit to their places; what each needs is checked for all stages.
 */
final class PolicyParts {
  private PolicyParts() {}

  static List<ConfigMistake> check(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes = new ArrayList<>(RewardMistakes.shapes(config.reward()));
    mistakes.addAll(redistributed(config));
    mistakes.addAll(config.advantage().check("advantage", config.samples()));
    mistakes.addAll(FusionCheck.check(config));
    mistakes.addAll(PreferenceCheck.check(config));
    if (config.overRound() && !(config.credit() instanceof OutcomeCredit)) {
      mistakes.add(
          new ConfigMistake(
              "credit",
              "the advantage is estimated over the whole round, when what was said of steps is gone; use 'credit: outcome', or an advantage of the group such as 'grpo'"));
    }
    mistakes.addAll(groups(config));
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

  private static List<ConfigMistake> groups(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < config.groups().size(); i++) {
      GroupRule rule = config.groups().get(i);
      String key = "groups[%d]".formatted(i);
      mistakes.addAll(rule.check(key, config.samples()));
      if (rule.replayedRounds() > 0 && config.overRound()) {
        mistakes.add(
            new ConfigMistake(
                key,
                "the rule trains on rollouts of earlier rounds again, whose advantages are in the table 'rollouts' only if they are estimated in the group; use 'advantage: grpo' or another one of the group, and a fusion of rewards"));
      }
      rule.term()
          .ifPresent(
              term -> mistakes.addAll(FusionCheck.known(config, key, "the rule reads", term)));
    }
    return mistakes;
  }

  /** A sum that is spread over steps is the same sum for whoever reads that alone. */
  private static List<ConfigMistake> redistributed(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (config.credit().needs().contains(Need.STEP_SCORES)) {
      return mistakes;
    }
    for (int i = 0; i < config.reward().size(); i++) {
      List<Shaping> shapes = config.reward().get(i).shape();
      for (int k = 0; k < shapes.size(); k++) {
        if (shapes.get(k).redistributes()) {
          mistakes.add(
              new ConfigMistake(
                  "reward[%d].shape[%d]".formatted(i, k),
                  "the shape '%s' spreads the reward of a rollout over its steps and leaves their sum as it is, but the credit '%s' reads the sum alone: the shape would do nothing (METHODS 3.15: in RLOO and GRPO the redistributed rewards cancel); use a credit that reads step scores, such as 'suffix_sum' or 'process_supervision', or leave the shape out"
                      .formatted(shapes.get(k).name(), config.credit().name())));
        }
      }
    }
    return mistakes;
  }

  /** A shape that adds a number which the advantage takes out again; nothing follows it. */
  static List<ConfigMistake> warnings(UpdatePolicyConfig config) {
    List<ConfigMistake> warnings = new ArrayList<>();
    for (int i = 0; i < config.reward().size(); i++) {
      List<Shaping> shapes = config.reward().get(i).shape();
      int last = shapes.size() - 1;
      if (last >= 0 && shapes.get(last).shifts() && config.advantage() instanceof GroupAdvantage) {
        warnings.add(
            new ConfigMistake(
                "reward[%d].shape[%d]".formatted(i, last),
                "the shape '%s' subtracts one number from the rewards of all rollouts of a problem, and the advantage '%s', which is relative to these, takes it out again: it has no effect on the update; use an advantage that is not relative to the group, or another shape after it"
                    .formatted(shapes.get(last).name(), config.advantage().name())));
      }
    }
    return warnings;
  }
}

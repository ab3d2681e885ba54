package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.round.PlateauReset;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the parts of an update fit to their places; what each needs is checked for all stages.
 */
final class PolicyParts {
  private PolicyParts() {}

  static List<ConfigMistake> check(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < config.reward().size(); i++) {
      WeightedReward term = config.reward().get(i);
      List<String> others = new ArrayList<>();
      config.reward().forEach(each -> others.add(each.term().name()));
      others.remove(i);
      for (int k = 0; k < term.shape().size(); k++) {
        String key = "reward[%d].shape[%d]".formatted(i, k);
        mistakes.addAll(shape(term, others, term.shape().get(k), key));
        if (term.shape().get(k).redistributes()
            && !config.credit().needs().contains(Need.STEP_SCORES)) {
          mistakes.add(redistributed(config, term.shape().get(k), key));
        }
      }
    }
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

  /** A sum that is spread over steps is the same sum for whoever reads that alone. */
  private static ConfigMistake redistributed(UpdatePolicyConfig config, Shaping shape, String key) {
    return new ConfigMistake(
        key,
        "the shape '%s' spreads the reward of a rollout over its steps and leaves their sum as it is, but the credit '%s' reads the sum alone: the shape would do nothing (METHODS 3.15: in RLOO and GRPO the redistributed rewards cancel); use a credit that reads step scores, such as 'suffix_sum' or 'process_supervision', or leave the shape out"
            .formatted(shape.name(), config.credit().name()));
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

  private static List<ConfigMistake> shape(
      WeightedReward term, List<String> others, Shaping shape, String key) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (shape.needs().contains(Need.STEP_SCORES)
        && !term.term().gives().contains(Gives.STEP_SCORES)) {
      mistakes.add(
          new ConfigMistake(
              key,
              "the shape changes scores of steps, but the reward '%s' gives none; 'process', 'classifier' and 'log_ratio' do"
                  .formatted(term.term().name())));
    }
    shape
        .other()
        .filter(other -> !others.contains(other))
        .ifPresent(
            other ->
                mistakes.add(
                    new ConfigMistake(
                        key,
                        "the shape reads the reward '%s', but no other term is of that kind%s; add it, with 'weight: 0' if it is not to count itself"
                            .formatted(
                                other,
                                others.isEmpty()
                                    ? ""
                                    : " (there are: %s)".formatted(String.join(", ", others))),
                        other,
                        others)));
    return mistakes;
  }
}

package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.round.PlateauReset;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import java.util.ArrayList;
import java.util.List;

/** Whether the parts of an update fit together. */
final class PolicyParts {
  private PolicyParts() {}

  static List<ConfigMistake> check(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < config.reward().size(); i++) {
      WeightedReward term = config.reward().get(i);
      mistakes.addAll(term.term().check("reward[%d]".formatted(i)));
      List<String> others = new ArrayList<>();
      config.reward().forEach(each -> others.add(each.term().name()));
      others.remove(i);
      for (int k = 0; k < term.shape().size(); k++) {
        mistakes.addAll(
            shape(term, others, term.shape().get(k), "reward[%d].shape[%d]".formatted(i, k)));
      }
    }
    mistakes.addAll(config.advantage().check("advantage"));
    mistakes.addAll(config.credit().check("credit"));
    mistakes.addAll(config.loss().check("loss"));
    for (int i = 0; i < config.groups().size(); i++) {
      mistakes.addAll(config.groups().get(i).check("groups[%d]".formatted(i)));
    }
    for (int i = 0; i < config.roundRules().size(); i++) {
      mistakes.addAll(config.roundRules().get(i).check("round_rules[%d]".formatted(i)));
      if (config.roundRules().get(i) instanceof PlateauReset reset
          && reset.metric() == PlateauReset.Watched.DEV
          && config.dev() == null) {
        mistakes.add(
            new ConfigMistake(
                "round_rules[%d].metric".formatted(i),
                "the rule watches the reward on dev problems, but there is no 'dev' block; give 'dev: {every: 5}' and 'input: {dev: NAME}', or 'metric: round'"));
      }
    }
    mistakes.addAll(credit(config));
    return mistakes;
  }

  private static List<ConfigMistake> credit(UpdatePolicyConfig config) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (config.credit().needs().contains(Need.STEP_SIGNS) && !given(config, Gives.STEP_SIGNS)) {
      mistakes.add(
          new ConfigMistake(
              "credit",
              "the credit goes by verdicts on steps, but no reward term gives any; add one of kind 'process'"));
    }
    if (config.credit().needs().contains(Need.STEP_SCORES) && !given(config, Gives.STEP_SCORES)) {
      mistakes.add(
          new ConfigMistake(
              "credit",
              "the credit places scores of steps, but no reward term gives any; add one of kind 'process' or 'classifier'"));
    }
    if (config.advantage() instanceof RoundAdvantage
        && !(config.credit() instanceof OutcomeCredit)) {
      mistakes.add(
          new ConfigMistake(
              "credit",
              "the advantage is estimated over the whole round, when what was said of steps is gone; use 'credit: outcome', or an advantage of the group such as 'grpo'"));
    }
    return mistakes;
  }

  private static boolean given(UpdatePolicyConfig config, Gives what) {
    return config.reward().stream().anyMatch(each -> each.term().gives().contains(what));
  }

  private static List<ConfigMistake> shape(
      WeightedReward term, List<String> others, Shaping shape, String key) {
    List<ConfigMistake> mistakes = new ArrayList<>(shape.check(key));
    if (shape.needs().contains(Need.STEP_SCORES)
        && !term.term().gives().contains(Gives.STEP_SCORES)) {
      mistakes.add(
          new ConfigMistake(
              key,
              "the shape changes scores of steps, but the reward '%s' gives none; 'process' and 'classifier' do"
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

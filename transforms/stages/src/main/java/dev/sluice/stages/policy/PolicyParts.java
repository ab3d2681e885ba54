package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.fusion.Fusion;
import dev.sluice.methods.fusion.RewardFusion;
import dev.sluice.methods.fusion.RoundFusion;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.methods.round.PlateauReset;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import java.util.ArrayList;
import java.util.HashSet;
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
    mistakes.addAll(config.advantage().check("advantage", config.samples()));
    mistakes.addAll(fusion(config));
    mistakes.addAll(preference(config));
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

  private static List<ConfigMistake> preference(UpdatePolicyConfig config) {
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

  private static List<ConfigMistake> fusion(UpdatePolicyConfig config) {
    Fusion fusion = config.fusion();
    List<String> mistakes = new ArrayList<>();
    fusion
        .objection(config.reward().stream().map(WeightedReward::weight).toList())
        .ifPresent(mistakes::add);
    if (!(fusion instanceof RewardFusion)) {
      if (config.advantage() instanceof RoundAdvantage) {
        mistakes.add(
            "the fusion '%s' takes the advantage of each term in its group, but '%s' is an advantage of the whole round; use 'advantage: grpo' or another one of the group"
                .formatted(fusion.name(), config.advantage().name()));
      }
      if (config.kl().in(UpdatePolicyConfig.Kl.Place.REWARD)) {
        mistakes.add(
            "the fusion '%s' forms no single reward that the KL penalty could be taken from; use 'kl: {place: loss}'"
                .formatted(fusion.name()));
      }
    }
    List<String> words = config.reward().stream().map(each -> each.term().name()).toList();
    if (fusion instanceof RoundFusion && new HashSet<>(words).size() < words.size()) {
      mistakes.add(
          "the fusion '%s' reads each term from the table 'rollouts', where two terms of the same kind are one number (terms: %s); leave one out"
              .formatted(fusion.name(), String.join(", ", words)));
    }
    boolean placed = config.credit().needs().contains(Need.STEP_SCORES);
    fusion
        .term()
        .filter(
            term -> placed && config.reward().stream().anyMatch(each -> scoresSteps(each, term)))
        .ifPresent(
            term ->
                mistakes.add(
                    "the credit '%s' places the step scores of the reward '%s', so the fusion '%s' cannot read it; use another reward for the fusion"
                        .formatted(config.credit().name(), term, fusion.name())));
    List<ConfigMistake> all = new ArrayList<>();
    mistakes.forEach(each -> all.add(new ConfigMistake("fusion", each)));
    fusion.term().ifPresent(term -> all.addAll(known(config, "fusion", "the fusion reads", term)));
    return all;
  }

  private static boolean scoresSteps(WeightedReward reward, String term) {
    return reward.term().name().equals(term) && reward.term().gives().contains(Gives.STEP_SCORES);
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
      rule.term().ifPresent(term -> mistakes.addAll(known(config, key, "the rule reads", term)));
    }
    return mistakes;
  }

  /** A part reads a reward term that is not there. */
  private static List<ConfigMistake> known(
      UpdatePolicyConfig config, String key, String reads, String term) {
    List<String> terms = config.reward().stream().map(each -> each.term().name()).toList();
    return terms.contains(term)
        ? List.of()
        : List.of(
            new ConfigMistake(
                key,
                "%s the reward '%s', but no reward term is of that kind (there are: %s); add it, with 'weight: 0' if it is not to count itself"
                    .formatted(reads, term, String.join(", ", terms)),
                term,
                terms));
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
      if (last >= 0
          && shapes.get(last).shifts()
          && config.advantage() instanceof GroupAdvantage) {
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

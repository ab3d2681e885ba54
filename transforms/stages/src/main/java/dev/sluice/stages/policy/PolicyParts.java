package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.fusion.Fusion;
import dev.sluice.methods.fusion.RewardFusion;
import dev.sluice.methods.fusion.RoundFusion;
import dev.sluice.methods.group.GroupRule;
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
        mistakes.addAll(
            shape(term, others, term.shape().get(k), "reward[%d].shape[%d]".formatted(i, k)));
      }
    }
    mistakes.addAll(config.advantage().check("advantage", config.samples()));
    mistakes.addAll(fusion(config));
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

  private static List<ConfigMistake> shape(
      WeightedReward term, List<String> others, Shaping shape, String key) {
    List<ConfigMistake> mistakes = new ArrayList<>();
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

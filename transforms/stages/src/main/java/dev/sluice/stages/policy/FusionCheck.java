package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.fusion.Fusion;
import dev.sluice.methods.fusion.RewardFusion;
import dev.sluice.methods.fusion.RoundFusion;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import dev.sluice.stages.scoring.WeightedReward;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Whether the fusion of an update can read its reward terms. */
final class FusionCheck {
  private FusionCheck() {}

  static List<ConfigMistake> check(UpdatePolicyConfig config) {
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

  /** A part reads a reward term that is not there. */
  static List<ConfigMistake> known(
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
}

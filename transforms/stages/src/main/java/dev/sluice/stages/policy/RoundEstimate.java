package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.EstimatedAdvantage;
import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.advantage.RewardedResponse;
import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.fusion.RoundFusion;
import dev.sluice.methods.fusion.TermRewards;
import dev.sluice.records.Rollout;
import dev.sluice.stages.scoring.WeightedReward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Advantages that are estimated over all rollouts of a round.
 *
 * @param penalties what the KL estimate took from the reward at each token, by rollout; empty where
 *     the estimator does not ask for it
 */
record RoundEstimate(UpdatePolicyConfig config, Map<String, double[]> penalties) {

  /** The advantages of the rollouts of each group, in order. */
  List<List<EstimatedAdvantage>> of(List<List<Rollout>> groups) {
    List<List<EstimatedAdvantage>> all =
        config.fusion() instanceof RoundFusion fusion
            ? fused(groups, fusion)
            : ((RoundAdvantage) config.advantage())
                .estimate(groups.stream().map(this::rewarded).toList());
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < groups.get(g).size(); i++) {
        check(groups.get(g).get(i), all.get(g).get(i));
      }
    }
    return all;
  }

  private List<RewardedResponse> rewarded(List<Rollout> group) {
    return group.stream()
        .map(
            rollout ->
                new RewardedResponse(
                    rollout.reward(),
                    rollout.tokenIds().size(),
                    penalties.getOrDefault(rollout.rolloutId(), RewardedResponse.NONE)))
        .toList();
  }

  private List<List<EstimatedAdvantage>> fused(List<List<Rollout>> groups, RoundFusion fusion) {
    List<List<TermRewards>> terms = groups.stream().map(this::terms).toList();
    return fusion.advantages(terms, (GroupAdvantage) config.advantage()).stream()
        .map(group -> Arrays.stream(group).mapToObj(EstimatedAdvantage::of).toList())
        .toList();
  }

  private List<TermRewards> terms(List<Rollout> group) {
    List<TermRewards> terms = new ArrayList<>();
    for (WeightedReward term : config.reward()) {
      terms.add(
          new TermRewards(
              term.weight(),
              group.stream()
                  .mapToDouble(
                      rollout -> Objects.requireNonNull(rollout.rewards().get(term.term().name())))
                  .toArray()));
    }
    return terms;
  }

  /** One value that is no number would spread to all weights of the policy. */
  private void check(Rollout rollout, EstimatedAdvantage estimated) {
    if (!GroupCredit.isFinite(estimated.advantage())
        || !Arrays.stream(estimated.tokens()).allMatch(GroupCredit::isFinite)) {
      throw new IllegalStateException(
          "Estimating the advantages of round %d: the advantage '%s' with the fusion '%s' gives rollout %s, whose reward is %s, the advantage %s, which is not finite. Bound the rewards, for example with a shape."
              .formatted(
                  rollout.round(),
                  config.advantage().name(),
                  config.fusion().name(),
                  rollout.rolloutId(),
                  rollout.reward(),
                  estimated.advantage()));
    }
  }
}

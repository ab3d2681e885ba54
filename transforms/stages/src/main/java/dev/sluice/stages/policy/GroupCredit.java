package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.credit.Credited;
import dev.sluice.methods.fusion.GroupFusion;
import dev.sluice.methods.fusion.TermRewards;
import dev.sluice.methods.reward.Response;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import dev.sluice.records.StepSpan;
import dev.sluice.stages.scoring.ScoredRollout;
import dev.sluice.stages.scoring.WeightedReward;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The advantages of the rollouts of one problem.
 *
 * @param advantages of each rollout
 * @param tokens of each token of each rollout; empty where all have their rollout's
 */
@SuppressWarnings("ArrayRecordComponent")
record GroupCredit(double[] advantages, List<double[]> tokens) {

  /** The advantages that rewards come to. */
  static GroupCredit of(
      UpdatePolicyConfig config,
      GroupAdvantage estimator,
      List<Response> group,
      List<ScoredRollout> rewards,
      List<List<StepSpan>> spans) {
    double[] advantages = advantages(config, estimator, rewards);
    List<Credited> credited = new ArrayList<>();
    for (int g = 0; g < group.size(); g++) {
      credited.add(
          new Credited(
              advantages[g],
              group.get(g).completion().tokens().length,
              spans.get(g),
              rewards.get(g).judgement().steps(),
              rewards.get(g).stepScores(),
              rewards.get(g).accepted()));
    }
    return new GroupCredit(advantages, config.credit().tokens(credited));
  }

  /** Whether every number is one in the engine's precision: that of a huge reward may be none. */
  boolean isFinite() {
    return Arrays.stream(advantages).allMatch(GroupCredit::isFinite)
        && tokens.stream().flatMapToDouble(Arrays::stream).allMatch(GroupCredit::isFinite);
  }

  /** Whether an advantage is a number in the engine's precision. */
  static boolean isFinite(double advantage) {
    return Float.isFinite((float) advantage);
  }

  private static double[] advantages(
      UpdatePolicyConfig config, GroupAdvantage estimator, List<ScoredRollout> rewards) {
    // A credit that places scores of steps itself must not find them in the advantage again.
    boolean placed = config.credit().needs().contains(Need.STEP_SCORES);
    if (!(config.fusion() instanceof GroupFusion fusion)) {
      return estimator.of(
          rewards.stream().mapToDouble(each -> placed ? each.outcome() : each.reward()).toArray());
    }
    List<TermRewards> terms = new ArrayList<>();
    for (int k = 0; k < config.reward().size(); k++) {
      int term = k;
      WeightedReward weighted = config.reward().get(k);
      if (!placed || !weighted.term().gives().contains(Gives.STEP_SCORES)) {
        terms.add(
            new TermRewards(
                weighted.weight(),
                rewards.stream().mapToDouble(each -> each.values().get(term)).toArray()));
      }
    }
    return terms.isEmpty() ? new double[rewards.size()] : fusion.advantages(terms, estimator);
  }
}

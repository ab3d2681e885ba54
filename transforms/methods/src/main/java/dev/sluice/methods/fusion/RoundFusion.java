package dev.sluice.methods.fusion;

import dev.sluice.methods.advantage.GroupAdvantage;
import java.util.List;

/**
 * One advantage of each response that depends on the whole round, estimated at the start of the
 * update as a {@link dev.sluice.methods.advantage.RoundAdvantage} is. The reward of a rollout is
 * the weighted sum.
 */
public non-sealed interface RoundFusion extends Fusion {

  /**
   * The advantages of a round, in the order of its groups.
   *
   * @param groups the terms of each group, in the order of the file
   * @param estimator the advantage of one term in one group
   */
  List<double[]> advantages(List<List<TermRewards>> groups, GroupAdvantage estimator);
}

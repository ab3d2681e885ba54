package dev.sluice.methods.fusion;

import dev.sluice.methods.advantage.GroupAdvantage;
import java.util.List;

/** One advantage of each response of a group. The reward of a rollout is the weighted sum. */
public non-sealed interface GroupFusion extends Fusion {

  /**
   * The advantages of a group.
   *
   * @param terms in the order of the file
   * @param estimator the advantage of one term
   */
  double[] advantages(List<TermRewards> terms, GroupAdvantage estimator);
}

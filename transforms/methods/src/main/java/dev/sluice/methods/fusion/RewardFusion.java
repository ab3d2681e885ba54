package dev.sluice.methods.fusion;

import java.util.List;

/** One reward of a response, before any advantage. */
public non-sealed interface RewardFusion extends Fusion {

  /**
   * The reward of a response.
   *
   * @param terms in the order of the file
   * @return NaN if the terms have no common reward; the rollout is then a dead letter
   */
  double reward(List<TermReward> terms);
}

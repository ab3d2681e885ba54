package dev.sluice.methods.group;

import java.util.List;

/**
 * The rollouts of one problem when their rewards are known.
 *
 * @param problemId the problem
 * @param members in ascending order of their index
 */
public record RolloutGroup(String problemId, List<RolloutSummary> members) {

  public RolloutGroup {
    members = List.copyOf(members);
  }

  /**
   * A rollout.
   *
   * @param rolloutId its id
   * @param reward its reward
   * @param finished whether the policy ended the text itself
   * @param tokens number of its tokens
   * @param credited whether any of its tokens has an advantage other than 0
   */
  public record RolloutSummary(
      String rolloutId, double reward, boolean finished, int tokens, boolean credited) {}

  /** The rewards in order. */
  public double[] rewards() {
    return members.stream().mapToDouble(RolloutSummary::reward).toArray();
  }
}

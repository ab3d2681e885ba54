package dev.sluice.methods.advantage;

import dev.sluice.parts.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An advantage that depends on all rewards of a round. It is estimated at the start of the update
 * and written to the table {@code advantages}; {@code rollouts} then hold none.
 */
public non-sealed interface RoundAdvantage extends AdvantageEstimator {

  /**
   * The advantages of a round, in the order of its responses.
   *
   * @param groups the responses of each group
   */
  List<List<EstimatedAdvantage>> estimate(List<List<RewardedResponse>> groups);

  /**
   * Whether it places the KL penalty of the reward at tokens. The reference then scores the tokens
   * once more at the start of the update.
   */
  default boolean readsPenalties() {
    return false;
  }

  @Override
  default Set<Need> needs() {
    return Set.of(Need.ROUND);
  }

  /** An advantage that follows from the rewards alone. */
  interface OfRewards extends RoundAdvantage {

    /**
     * The advantages of a round, in the order of its rewards.
     *
     * @param groups the rewards of each group, one per response
     */
    List<double[]> of(List<double[]> groups);

    @Override
    default List<List<EstimatedAdvantage>> estimate(List<List<RewardedResponse>> groups) {
      List<double[]> rewards =
          groups.stream()
              .map(group -> group.stream().mapToDouble(RewardedResponse::reward).toArray())
              .toList();
      List<List<EstimatedAdvantage>> estimated = new ArrayList<>();
      for (double[] advantages : of(rewards)) {
        List<EstimatedAdvantage> group = new ArrayList<>();
        for (double advantage : advantages) {
          group.add(EstimatedAdvantage.of(advantage));
        }
        estimated.add(group);
      }
      return estimated;
    }
  }
}

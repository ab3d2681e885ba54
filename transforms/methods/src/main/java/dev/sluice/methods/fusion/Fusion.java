package dev.sluice.methods.fusion;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;
import java.util.Optional;

/**
 * Makes one signal of several reward terms: a {@link RewardFusion} one reward of each response, a
 * {@link GroupFusion} one advantage of each response of a group, a {@link RoundFusion} one
 * advantage once all rollouts of a round are there.
 *
 * <p>Where the credit places the scores of steps itself, the terms that give some are left out.
 */
@Port(value = "fusion", stage = "UpdatePolicy", key = "fusion", noun = "fusion")
public sealed interface Fusion extends Part permits RewardFusion, GroupFusion, RoundFusion {

  /** The reward term that it treats apart, by its word; empty if it treats all alike. */
  default Optional<String> term() {
    return Optional.empty();
  }

  /**
   * Why it cannot make one signal of terms with these weights; empty if it can.
   *
   * @param weights of the terms, in their order
   */
  default Optional<String> objection(List<Double> weights) {
    return Optional.empty();
  }
}

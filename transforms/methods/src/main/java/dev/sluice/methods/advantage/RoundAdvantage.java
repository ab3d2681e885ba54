package dev.sluice.methods.advantage;

import dev.sluice.parts.Need;
import java.util.List;
import java.util.Set;

/**
 * An advantage that depends on all rewards of a round. It is estimated at the start of the update
 * and written to the table {@code advantages}; {@code rollouts} then hold none.
 */
public non-sealed interface RoundAdvantage extends AdvantageEstimator {

  /**
   * The advantages of a round, in the order of its rewards.
   *
   * @param groups the rewards of each group, one per response
   */
  List<double[]> of(List<double[]> groups);

  @Override
  default Set<Need> needs() {
    return Set.of(Need.ROUND);
  }
}

package dev.sluice.methods.advantage;

import dev.sluice.parts.Need;
import java.util.Set;

/** An advantage that follows from the rewards of the responses to one prompt. */
public non-sealed interface GroupAdvantage extends AdvantageEstimator {

  /**
   * The advantages of rewards that are not all equal, in their order.
   *
   * @param rewards one reward per response, at least two
   */
  double[] ofVaried(double[] rewards);

  /**
   * The advantages of a group, in the order of its rewards. They are all 0 where the rewards are
   * equal: else what rounding leaves of a difference would be divided by what it leaves of the
   * deviation. A group of one has nothing to compare with.
   */
  default double[] of(double[] rewards) {
    return Rewards.isConstant(rewards) ? new double[rewards.length] : ofVaried(rewards);
  }

  @Override
  default Set<Need> needs() {
    return Set.of(Need.GROUP);
  }
}

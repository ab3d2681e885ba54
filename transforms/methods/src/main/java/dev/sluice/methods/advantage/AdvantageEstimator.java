package dev.sluice.methods.advantage;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;

/**
 * Turns the rewards of responses into their advantages: a {@link GroupAdvantage} group by group as
 * rollouts are made, a {@link RoundAdvantage} once all rollouts of a round are there.
 */
@Port(value = "advantage estimator", stage = "UpdatePolicy", key = "advantage")
public sealed interface AdvantageEstimator extends Part permits GroupAdvantage, RoundAdvantage {

  /**
   * Mistakes that only the size of the groups shows; empty if there are none.
   *
   * @param key path of the part below {@code config}
   * @param samples rollouts per problem
   */
  default List<ConfigMistake> check(String key, int samples) {
    return List.of();
  }
}

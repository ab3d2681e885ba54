package dev.sluice.methods.advantage;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;

/**
 * Turns the rewards of responses into their advantages: a {@link GroupAdvantage} group by group as
 * rollouts are made, a {@link RoundAdvantage} once all rollouts of a round are there.
 */
@Port(value = "advantage estimator", stage = "UpdatePolicy", key = "advantage")
public sealed interface AdvantageEstimator extends Part permits GroupAdvantage, RoundAdvantage {}

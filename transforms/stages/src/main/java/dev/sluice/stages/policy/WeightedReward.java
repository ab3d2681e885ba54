package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.records.config.Key;
import java.io.Serializable;

/** A term of the reward with what every term has. */
public record WeightedReward(
    @Key(value = "The term.", inline = true) RewardTerm term,
    @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
    @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate)
    implements Serializable {

  /** Whether the term is asked about a response; one that fails its gate gets 0. */
  boolean asks(Response response) {
    return response.passes() || !gate;
  }
}

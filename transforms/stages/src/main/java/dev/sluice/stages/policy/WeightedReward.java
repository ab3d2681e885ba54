package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;

/** A term of the reward with what every term has. */
public record WeightedReward(
    @Key(value = "The term.", inline = true) RewardTerm term,
    @Key(value = "Weight in the sum.", byDefault = "1.0") double weight,
    @Key(value = "Whether the format gate comes first.", byDefault = "true") boolean gate,
    @Key(value = "What is done to the term's reward before its weight, in order.", byDefault = "[]")
        List<Shaping> shape)
    implements Serializable {

  public WeightedReward {
    shape = List.copyOf(shape);
  }

  /** Whether the term is asked about a response; one that fails its gate gets 0. */
  boolean asks(Response response) {
    return response.passes() || !gate;
  }
}

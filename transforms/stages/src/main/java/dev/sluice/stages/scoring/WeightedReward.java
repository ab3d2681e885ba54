package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;

/** A term of the reward with what every term has. */
public record WeightedReward(
    @Key(value = "Reward term.", inline = true) RewardTerm term,
    @Key(value = "Weight of the term.", byDefault = "1.0") double weight,
    @Key(
            value =
                "Whether rollouts that fail the format gate get 0 from this term without asking the judge.",
            byDefault = "true")
        boolean gate,
    @Key(value = "Reward shaping, applied in order before the weight.", byDefault = "[]")
        List<Shaping> shape)
    implements Serializable {

  public WeightedReward {
    shape = List.copyOf(shape);
  }

  /** Whether the term is asked about a response; one that fails its gate gets 0. */
  boolean asks(Response response) {
    return response.passes() || !gate || term.ownForm();
  }
}

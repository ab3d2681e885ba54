package org.example.plugin;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.GroupReward;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Set;

/** A reward for few steps. */
@Kind(value = "brevity", doc = "1 for a rollout with at most `most` steps, less for a longer one.")
@Method(name = "Brevity", formula = "r = min(1, most / steps)")
public record Brevity(@Key(value = "Steps without a penalty.", byDefault = "4", min = 1) int most)
    implements GroupReward {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    return value(response.steps().size(), most);
  }

  /** The formula; a text without steps is no answer and gets 0. */
  static double value(int steps, int most) {
    return steps == 0 ? 0 : Math.min(1, (double) most / steps);
  }
}

package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Method;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;

/** Wrong rewards on purpose, to measure how a method copes with them. */
@Kind(
    value = "noise",
    doc =
        "Flips rewards from r to 1 - r with a probability, to test how much noise a method tolerates. A repeated run flips the same ones. For rewards from 0 to 1.")
@Method(
    name = "Reward noise",
    paper = "The Climb Carves Wisdom Deeper Than the Summit, arXiv 2505.22653, with its code",
    formula = "r' = 1 - r with probability p, else r",
    papers = "2505.22653",
    departs =
        "The authors flip all rewards of a prompt together (`per: group`), under PPO. Under group-relative advantages that inverts the sign of every advantage of the group, so the default flips each response by itself.")
public record NoiseShaping(
    @Key(value = "Probability of a flip.", min = 0, max = 1) double probability,
    @Key(
            value =
                "What is flipped together: each `response` by itself, or all responses of a `group`.",
            byDefault = "response")
        Per per)
    implements Shaping {

  /** What is flipped together. */
  public enum Per {
    RESPONSE,
    GROUP
  }

  @Override
  public List<Score> shape(List<Score> scores, Group group, ShapingContext context) {
    List<Score> shaped = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      String id = per == Per.GROUP ? group.problem().problemId() : group.responses().get(i).id();
      Score score = scores.get(i);
      shaped.add(flips(id, context) ? score.withReward(1 - score.reward()) : score);
    }
    return shaped;
  }

  private boolean flips(String id, ShapingContext context) {
    long seed = Hashes.seed(context.seed(), context.stage(), name(), context.round(), id, 0);
    return new RandomStream(seed).nextDouble() < probability;
  }
}

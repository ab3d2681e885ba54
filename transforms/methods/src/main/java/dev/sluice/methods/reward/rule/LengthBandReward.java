package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.GroupReward;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;

/** A length that is neither too short nor too long. */
@Kind(
    value = "length_band",
    doc =
        "1 for a response whose length is from `min` to `max`, falling in a straight line to 0 at a distance of `fall` from that range.")
@Method(
    name = "Length band",
    paper = "ours",
    formula = "r = max(0, 1 - max(min - n, n - max, 0) / fall)")
public record LengthBandReward(
    @Key(value = "Least length without loss.", byDefault = "0", min = 0) int min,
    @Key(value = "Greatest length without loss.", min = 0) int max,
    @Key(
            value =
                "Distance from the range, in the same unit, at which the reward is 0. Smaller is steeper.",
            min = 1)
        int fall,
    @Key(value = "What is counted: `tokens` or `steps`.", byDefault = "tokens") Unit unit)
    implements GroupReward {

  /** What lengths count. */
  public enum Unit {
    TOKENS,
    STEPS
  }

  @Override
  public List<ConfigMistake> check(String key) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (min > max) {
      mistakes.add(
          new ConfigMistake(
              key + ".min",
              "no length is at least %d and at most %d; set 'min' to at most %d"
                  .formatted(min, max, max)));
    }
    return mistakes;
  }

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    int length = unit == Unit.TOKENS ? response.completion().tokenCount() : response.steps().size();
    return value(length, min, max, fall);
  }

  /** The reward of a length, from 0 to 1. */
  static double value(int length, int min, int max, int fall) {
    long outside = Math.max(0, Math.max((long) min - length, (long) length - max));
    return Math.max(0, 1 - (double) outside / fall);
  }
}

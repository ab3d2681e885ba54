package dev.sluice.methods.reward;

import dev.sluice.parts.Method;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** Chance. */
@Kind(
    value = "random",
    doc = "Random reward of 0 or 1. A baseline: any useful reward trains a better policy.")
@Method(
    name = "Random reward",
    paper = "SPARK stepwise, arXiv 2512.03244, the random baseline",
    formula = "r ~ Bernoulli(p)",
    papers = "2512.03244")
public record RandomReward(
    @Key(value = "Probability of reward 1.", byDefault = "0.5", min = 0, max = 1)
        double probability)
    implements GroupReward {

  @Override
  public double reward(Response response, Group group, RewardContext context) {
    long drawn =
        Hashes.seed(context.seed(), context.stage(), name(), context.round(), response.id(), 0);
    return new RandomStream(drawn).nextDouble() < probability ? 1 : 0;
  }
}

package dev.sluice.methods.fusion;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;

/** The product of the terms, each to the power of its weight. */
@Kind(
    value = "product",
    doc =
        "Product of the reward terms, each to the power of its weight: one term of 0 makes the reward 0. A rollout with a negative term is a dead letter.")
@Method(
    name = "Weighted product",
    paper = "Weighted product model, Bridgman, Dimensional Analysis, 1922",
    formula = "r = product over terms k of r_k ^ w_k, r_k >= 0, w_k >= 0")
public record ProductFusion() implements RewardFusion {

  @Override
  public Optional<String> objection(List<Double> weights) {
    return weights.stream().allMatch(weight -> weight >= 0)
        ? Optional.empty()
        : Optional.of(
            "a term with a negative weight would be divided by, which has no value where the term is 0; use weights of at least 0, or 'fusion: sum'");
  }

  @Override
  public double reward(List<TermReward> terms) {
    double product = 1;
    for (TermReward each : terms) {
      if (each.weight() != 0) {
        product *= each.reward() < 0 ? Double.NaN : Math.pow(each.reward(), each.weight());
      }
    }
    return product;
  }
}

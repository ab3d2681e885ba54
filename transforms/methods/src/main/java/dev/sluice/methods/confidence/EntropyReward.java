package dev.sluice.methods.confidence;

import dev.sluice.models.TokenCertainty;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** The policy's uncertainty while it wrote. */
@Kind(
    value = "entropy",
    doc =
        "Mean entropy of the policy's distribution over the tokens of the rollout, in nats, negative by default: a confident rollout has the greater reward.")
@Method(
    name = "Token entropy",
    paper = "RENT, arXiv 2505.22660",
    formula =
        "r = -(1/T) sum_t H(p_t), H(p) = -sum_v p_v log p_v; with 'prefer: high' the sign is +",
    papers = "2505.22660",
    departs =
        "The distribution is the one that rollouts are drawn from: at 'temperature', over the whole vocabulary.")
public record EntropyReward(
    @Key(
            value =
                "`low` rewards confident rollouts (minus the entropy), `high` uncertain ones (the entropy).",
            byDefault = "low")
        Prefer prefer)
    implements CertaintyReward {

  /** What is rewarded. */
  public enum Prefer {
    LOW,
    HIGH
  }

  @Override
  public boolean signed() {
    return prefer == Prefer.LOW;
  }

  @Override
  public double reward(TokenCertainty certainty) {
    double mean = CertaintyReward.mean(certainty.entropies());
    return prefer == Prefer.LOW ? -mean : mean;
  }
}

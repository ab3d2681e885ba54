package dev.sluice.methods.confidence;

import dev.sluice.models.TokenCertainty;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;

/** How far the policy's distributions are from uniform ones. */
@Kind(
    value = "self_certainty",
    doc =
        "Mean divergence of the policy's distribution from the uniform one over the tokens of the rollout, in nats; 0 or more.")
@Method(
    name = "Self-certainty (Intuitor)",
    paper = "Intuitor, arXiv 2505.19590; Self-certainty, arXiv 2502.18581",
    formula = "r = (1/T) sum_t KL(uniform || p_t), KL(uniform || p) = -log V - (1/V) sum_v log p_v",
    papers = {"2505.19590", "2502.18581"},
    departs =
        "The distribution is the one that rollouts are drawn from: at 'temperature'. The authors' code leaves out -log V, which is the same for all rollouts.")
public record SelfCertaintyReward() implements CertaintyReward {

  @Override
  public double reward(TokenCertainty certainty) {
    return CertaintyReward.mean(certainty.divergences());
  }
}

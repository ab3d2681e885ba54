package dev.sluice.methods.loss;

import dev.sluice.methods.Sigmoid;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** A soft gate in place of the clip: the gradient falls off smoothly away from the ratio 1. */
@Kind(value = "sapo", doc = "Sigmoid gate on each token's probability ratio instead of clipping.")
@Method(
    name = "SAPO",
    paper = "SAPO, arXiv 2511.20347",
    formula = "-(4 / tau) sigma(tau (rho - 1)) A, tau of the sign of A",
    papers = "2511.20347",
    departs =
        "The paper averages over tokens, then over responses; set 'aggregation: sequence_mean_token_mean' for that.")
public record SapoLoss(
    @Key(
            value = "Temperature of the gate for tokens with a positive advantage.",
            byDefault = "1.0",
            min = 0,
            minExclusive = true)
        double tauPositive,
    @Key(
            value = "Temperature of the gate for all other tokens.",
            byDefault = "1.05",
            min = 0,
            minExclusive = true)
        double tauNegative)
    implements PolicyLoss.OfToken {

  @Override
  public void of(PolicyTokens tokens, int token, TokenLosses losses) {
    float advantage = tokens.advantages()[token];
    double tau = advantage > 0 ? tauPositive : tauNegative;
    double gate = Sigmoid.of(tau * (tokens.ratios()[token] - 1));
    losses.set(
        token,
        (float) (-4 / tau * gate * advantage),
        (float) (-4 * gate * (1 - gate) * tokens.slope(token))
            * tokens.coefficients()[token]
            * advantage);
  }
}

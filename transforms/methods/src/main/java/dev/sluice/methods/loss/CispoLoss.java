package dev.sluice.methods.loss;

import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** REINFORCE with the clipped ratio as a constant weight: no token loses its gradient. */
@Kind(
    value = "cispo",
    doc =
        "REINFORCE loss: each token's log-probability, weighted by its clipped probability ratio, which is held constant.")
@Method(
    name = "CISPO",
    paper = "MiniMax-M1, arXiv 2506.13585, eq. 4 and 5",
    formula = "-sg(clip(rho, 1 - low, 1 + high)) A log pi",
    papers = "2506.13585")
public record CispoLoss(
    @Key(
            value =
                "Clip range of the probability ratio below 1; with 1 no ratio is clipped from below.",
            byDefault = "1.0",
            min = 0,
            max = 1)
        double low,
    @Key(value = "Clip range of the probability ratio above 1.", byDefault = "0.28", min = 0)
        double high)
    implements PolicyLoss.OfToken {

  @Override
  public void of(PolicyTokens tokens, int token, TokenLosses losses) {
    float advantage = tokens.advantages()[token];
    float ratio = Math.max((float) (1 - low), Math.min((float) (1 + high), tokens.ratios()[token]));
    losses.set(
        token,
        -ratio * advantage * tokens.logprobs()[token],
        -tokens.coefficients()[token] * advantage * ratio);
  }
}

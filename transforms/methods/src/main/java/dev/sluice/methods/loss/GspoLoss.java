package dev.sluice.methods.loss;

import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;

/** The clipped ratio of the whole response, as its geometric mean over tokens. */
@Kind(
    value = "gspo",
    doc =
        "Clipped probability ratio of the whole response, which is the geometric mean of its tokens' ratios.")
@Method(
    name = "GSPO",
    paper = "GSPO, arXiv 2507.18071, eq. 5, 7 and 14",
    formula =
        "-min(s_t A, clip(s_t, 1 - low, 1 + high) A), s_t = sg(s) pi / sg(pi), s = exp(mean over tokens of log pi - log pi_old)",
    papers = "2507.18071",
    departs =
        "The mean log-ratio is capped at 10, as in verl. The paper averages over tokens, then over responses; set 'aggregation: sequence_mean_token_mean' for that.")
public record GspoLoss(
    @Key(
            value = "Clip range of the probability ratio below 1.",
            byDefault = "3.0e-4",
            min = 0,
            max = 1)
        double low,
    @Key(value = "Clip range of the probability ratio above 1.", byDefault = "4.0e-4", min = 0)
        double high)
    implements PolicyLoss {
  private static final double MAX_LOG_RATIO = 10;

  @Override
  public TokenLosses of(PolicyTokens tokens) {
    double sum = 0;
    for (int t = 0; t < tokens.size(); t++) {
      sum += tokens.logprobs()[t] - tokens.oldLogprobs()[t];
    }
    double mean = sum / tokens.size();
    float ratio = (float) Math.exp(Math.min(MAX_LOG_RATIO, mean));
    TokenLosses losses = TokenLosses.zeros(tokens.size());
    for (int t = 0; t < tokens.size(); t++) {
      float advantage = tokens.advantages()[t];
      boolean moves = mean <= MAX_LOG_RATIO && ClippedRatio.moves(ratio, advantage, low, high);
      losses.set(
          t,
          -ClippedRatio.of(ratio, advantage, low, high),
          moves ? -tokens.coefficients()[t] * advantage * ratio : 0);
    }
    return losses;
  }
}

package dev.sluice.methods.loss;

import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import org.jspecify.annotations.Nullable;

/** The clipped ratio of PPO and GRPO, with a wider range above (DAPO) and a dual clip. */
@Kind(value = "clip", doc = "Clipped probability ratio of each token, as in PPO and GRPO.")
@Method(
    name = "Clipped policy loss",
    paper =
        "PPO, arXiv 1707.06347, eq. 7; clip-higher: DAPO, arXiv 2503.14476; dual clip: arXiv 1912.09729, eq. 5; pre-clip: StableReinforce (R1-Reward), arXiv 2505.02835",
    formula =
        "-min(rho A, clip(rho, 1 - low, 1 + high) A), at most dual_clip (-A) where A < 0; rho first bounded to [1 / max_ratio, max_ratio]",
    papers = {"1707.06347", "2503.14476", "1912.09729", "2505.02835"})
public record ClipLoss(
    @Key(
            value = "Clip range of the probability ratio below 1.",
            byDefault = "0.2",
            min = 0,
            max = 1)
        double low,
    @Key(value = "Clip range of the probability ratio above 1.", byDefault = "0.28", min = 0)
        double high,
    @Key(
            value =
                "For tokens with a negative advantage A, bounds the loss by this number times -A (dual clip, arXiv 1912.09729; verl uses 3). Default: no bound.",
            min = 1,
            minExclusive = true)
        @Nullable Double dualClip,
    @Key(
            value =
                "Bounds the probability ratio to the range from 1/max_ratio to max_ratio before anything else (pre-clip, StableReinforce uses 1000). Default: log-ratios are bounded by 20 (verl).",
            min = 1,
            minExclusive = true)
        @Nullable Double maxRatio)
    implements PolicyLoss.OfToken {

  @Override
  public void of(PolicyTokens tokens, int token, TokenLosses losses) {
    float advantage = tokens.advantages()[token];
    float ratio = bounded(tokens.ratios()[token]);
    float loss = -ClippedRatio.of(ratio, advantage, low, high);
    float most =
        dualClip == null || advantage >= 0
            ? Float.POSITIVE_INFINITY
            : (float) (dualClip * -advantage);
    boolean moves =
        ratio == tokens.ratios()[token]
            && loss <= most
            && ClippedRatio.moves(ratio, advantage, low, high);
    // The order of the products is that in which gradients flow back through the formula.
    losses.set(
        token,
        Math.min(loss, most),
        moves ? -tokens.coefficients()[token] * advantage * tokens.slope(token) : 0);
  }

  private float bounded(float ratio) {
    return maxRatio == null
        ? ratio
        : Math.max((float) (1 / maxRatio), Math.min((float) (double) maxRatio, ratio));
  }
}

package dev.sluice.models.djl.train;

import dev.sluice.models.training.CompletionLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;

/** The clipped ratio, for tests of the engine, which knows no loss. */
record Clipped(double low, double high, double dualClip) implements CompletionLoss {
  /** The ranges of DAPO, and no dual clip. */
  static final Clipped DAPO = new Clipped(0.2, 0.28, 0);

  @Override
  public TokenLosses of(PolicyTokens tokens) {
    TokenLosses losses = TokenLosses.zeros(tokens.size());
    for (int t = 0; t < tokens.size(); t++) {
      float advantage = tokens.advantages()[t];
      float ratio = tokens.ratios()[t];
      double loss = loss(ratio, advantage);
      boolean moves = loss == -(double) ratio * advantage;
      float factor = tokens.coefficients()[t];
      losses.set(t, (float) loss, moves ? -factor * advantage * tokens.slope(t) : 0);
    }
    return losses;
  }

  /** The loss of one token. */
  double loss(double ratio, double advantage) {
    double clipped = Math.max(1 - low, Math.min(1 + high, ratio));
    double loss = -Math.min(ratio * advantage, clipped * advantage);
    return dualClip > 0 && advantage < 0 ? Math.min(loss, dualClip * -advantage) : loss;
  }
}

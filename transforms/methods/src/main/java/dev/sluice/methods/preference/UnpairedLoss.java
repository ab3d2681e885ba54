package dev.sluice.methods.preference;

import dev.sluice.models.training.CompletionLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import java.util.Arrays;

/** A loss of each response alone, which is wanted or not. */
public non-sealed interface UnpairedLoss extends PreferenceLoss {

  /** A response whose reward is above it is wanted. */
  double wantedAbove();

  /**
   * The loss of a response, and its derivative.
   *
   * @param logRatio log(policy / reference) of the response, in nats
   * @param wanted whether it is wanted
   * @param point the estimate of the divergence that log-ratios are compared with; held constant
   */
  Value of(double logRatio, boolean wanted, double point);

  /**
   * What a response costs.
   *
   * @param loss the loss
   * @param derivative in the log-ratio
   */
  record Value(double loss, double derivative) {}

  /** The loss of responses whose advantages are above 0 where they are wanted. */
  default CompletionLoss at(double point) {
    return tokens -> of(tokens, point);
  }

  private TokenLosses of(PolicyTokens tokens, double point) {
    double ratio = 0;
    double weight = 0;
    for (int t = 0; t < tokens.size(); t++) {
      ratio += tokens.logprobs()[t] - tokens.referenceLogprobs()[t];
      weight += tokens.coefficients()[t];
    }
    Value value = of(ratio, tokens.advantages()[0] > 0, point);
    // Each token costs what the response costs, so that their weighted sum is its weighted loss.
    TokenLosses losses = TokenLosses.zeros(tokens.size());
    Arrays.fill(losses.losses(), (float) value.loss());
    Arrays.fill(losses.derivatives(), (float) (weight * value.derivative()));
    return losses;
  }
}

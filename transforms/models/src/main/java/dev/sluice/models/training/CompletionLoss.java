package dev.sluice.models.training;

import java.io.Serializable;

/**
 * What a completion costs: a function of plain numbers that gives its own derivative, so that an
 * engine differentiates the model alone. A loss that holds something constant, such as the clipped
 * ratio of CISPO, leaves it out of the derivative.
 *
 * <p>Numbers are single, as the engine's: a loss in another order of operations gives other bits.
 */
@FunctionalInterface
public interface CompletionLoss extends Serializable {

  /** The losses of a completion's tokens, and their derivatives. */
  TokenLosses of(PolicyTokens tokens);
}

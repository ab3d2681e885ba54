package dev.sluice.models.training;

import java.io.Serializable;

/**
 * What two completions of one prompt cost together: a function of plain numbers that gives its own
 * derivative, as {@link CompletionLoss} does for one.
 */
@FunctionalInterface
public interface PairLoss extends Serializable {

  /** The loss of a pair, and its derivatives. */
  Value of(Side chosen, Side rejected);

  /**
   * A completion of a pair.
   *
   * @param logprob sum of its tokens' log-probabilities under the policy in training, in nats
   * @param reference the same under the reference
   * @param tokens number of its tokens; at least 1
   */
  record Side(double logprob, double reference, int tokens) {

    /** log(policy / reference) of the completion. */
    public double logRatio() {
      return logprob - reference;
    }
  }

  /**
   * What a pair costs.
   *
   * @param loss the loss
   * @param chosen its derivative in the log-probability of the chosen completion
   * @param rejected the same for the rejected one
   */
  record Value(double loss, double chosen, double rejected) {}
}

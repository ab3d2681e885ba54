package dev.sluice.models.training;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a step minimises. */
public sealed interface Loss extends Serializable {

  /** Weighted next-token cross-entropy: sum(weight * -log p) / sum(weight). */
  record CrossEntropy() implements Loss {}

  /**
   * Weighted binary cross-entropy of a two-class head against a label in [0, 1]: sum(weight * bce)
   * / sum(weight), where p is softmax(logits)[1].
   */
  record StepClassification() implements Loss {}

  /**
   * A policy loss. All log-probabilities, those of the batch too, are of log_softmax(logits /
   * temperature): the distribution that the tokens were drawn from.
   *
   * @param loss what a completion costs
   * @param kl the KL estimate against the reference that is added; null for none
   * @param temperature divides the logits; above 0, and at 1 nothing is divided
   * @param aggregation how token losses become one number
   * @param constant the divisor of {@link Aggregation#TOKEN_SUM_CONSTANT} per sequence
   */
  record Policy(
      CompletionLoss loss,
      @Nullable KlLoss kl,
      double temperature,
      Aggregation aggregation,
      double constant)
      implements Loss {

    /** The losses of a completion's tokens, the KL estimate included. */
    public TokenLosses of(PolicyTokens tokens) {
      TokenLosses own = loss.of(tokens);
      return kl == null ? own : own.plus(kl.of(tokens));
    }
  }

  /**
   * A loss of pairs, as the mean over them. Rows 2i and 2i + 1 of a batch are the chosen and the
   * rejected completion of pair i. Log-probabilities are of log_softmax(logits / temperature).
   *
   * @param loss what a pair costs
   * @param temperature divides the logits; above 0, and at 1 nothing is divided
   */
  record Pairs(PairLoss loss, double temperature) implements Loss {}

  /** How token losses of a batch become one number. */
  enum Aggregation {
    /** Mean over all weighted tokens of the batch (DAPO). */
    TOKEN_MEAN,
    /** Mean over sequences of the mean over their tokens (GRPO). */
    SEQUENCE_MEAN_TOKEN_MEAN,
    /** Sum over tokens divided by (sequences * constant) (Dr. GRPO). */
    TOKEN_SUM_CONSTANT,
    /** Mean over sequences of the sum over their tokens. */
    SEQUENCE_MEAN_TOKEN_SUM
  }
}

package dev.sluice.models.training;

/**
 * What the tokens of a completion cost.
 *
 * @param losses of each token, before its coefficient
 * @param derivatives the derivative of the sum of coefficient times loss in the log-probability of
 *     each token
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenLosses(float[] losses, float[] derivatives) {

  /** Losses of 0. */
  public static TokenLosses zeros(int tokens) {
    return new TokenLosses(new float[tokens], new float[tokens]);
  }

  /** Sets those of a token. */
  public void set(int token, float loss, float derivative) {
    losses[token] = loss;
    derivatives[token] = derivative;
  }

  /** The sums with those of another loss of the same tokens. */
  public TokenLosses plus(TokenLosses other) {
    TokenLosses sums = zeros(losses.length);
    for (int t = 0; t < losses.length; t++) {
      sums.set(t, losses[t] + other.losses[t], derivatives[t] + other.derivatives[t]);
    }
    return sums;
  }
}

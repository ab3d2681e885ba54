package dev.sluice.methods.advantage;

import java.util.Arrays;
import java.util.Objects;

/**
 * A response of a round when its reward is known.
 *
 * @param reward the whole reward, less the penalties
 * @param tokens number of its tokens, end of text included
 * @param penalties what the KL estimate takes from the reward at each token; empty if it takes
 *     nothing, or if the estimator does not {@linkplain RoundAdvantage#readsPenalties read} it
 */
@SuppressWarnings("ArrayRecordComponent")
public record RewardedResponse(double reward, int tokens, double[] penalties) {

  /** The values of no token. */
  public static final double[] NONE = {};

  public RewardedResponse {
    if (penalties.length != 0 && penalties.length != tokens) {
      throw new IllegalArgumentException(
          "A response of %d tokens has %d penalties; it needs one for each token, or none."
              .formatted(tokens, penalties.length));
    }
  }

  /** The reward still to come at each token: the whole one, less what was taken before it. */
  double[] rewardToGo() {
    double[] toGo = new double[tokens];
    double left = reward;
    for (int t = 0; t < tokens; t++) {
      toGo[t] = left;
      left += penalties.length == 0 ? 0 : penalties[t];
    }
    return toGo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RewardedResponse that
        && reward == that.reward
        && tokens == that.tokens
        && Arrays.equals(penalties, that.penalties);
  }

  @Override
  public int hashCode() {
    return Objects.hash(reward, tokens, Arrays.hashCode(penalties));
  }
}

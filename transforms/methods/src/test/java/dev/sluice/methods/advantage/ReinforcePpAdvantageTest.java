package dev.sluice.methods.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReinforcePpAdvantageTest {
  private static final Offset<Double> ROUNDED = within(5.1e-7);

  private static RewardedResponse response(double reward, int tokens) {
    return new RewardedResponse(reward, tokens, RewardedResponse.NONE);
  }

  private static RewardedResponse penalised(double reward, double... penalties) {
    return new RewardedResponse(
        reward - Arrays.stream(penalties).sum(), penalties.length, penalties);
  }

  /** The numbers are those of verl 0.9.1, compute_reinforce_plus_plus_outcome_advantage. */
  @Test
  void penalties_countFromTheirTokenBack() {
    List<List<EstimatedAdvantage>> found =
        new ReinforcePpAdvantage(1e-8, null)
            .estimate(
                List.of(
                    List.of(penalised(1, 0.1, 0, -0.05), penalised(0, 0.2, 0.1)),
                    List.of(penalised(0, 0), penalised(1, 0.05, 0.05, 0.05, 0.05))));
    assertThat(found.get(0).get(0).tokens())
        .containsExactly(new double[] {0.635586, 0.825313, 0.825313}, ROUNDED);
    assertThat(found.get(0).get(1).tokens())
        .containsExactly(new double[] {-1.736004, -1.356549}, ROUNDED);
    assertThat(found.get(1).get(0).tokens()).containsExactly(new double[] {-1.166822}, ROUNDED);
    assertThat(found.get(1).get(1).tokens())
        .containsExactly(new double[] {0.350995, 0.445859, 0.540722, 0.635586}, ROUNDED);
    assertThat(found.get(0).get(1).advantage()).isCloseTo(-(1.736004 + 1.356549) / 2, ROUNDED);
  }

  /** Nine rewards of 0 and one of 1, one token each: the one is 2.846 deviations away. */
  @Test
  void filter_setsWhatIsFartherToZero() {
    List<List<RewardedResponse>> round =
        List.of(
            java.util.stream.IntStream.range(0, 10)
                .mapToObj(i -> response(i == 0 ? 1 : 0, 1))
                .toList());
    List<EstimatedAdvantage> kept = new ReinforcePpAdvantage(1e-8, 3.0).estimate(round).get(0);
    List<EstimatedAdvantage> cut = new ReinforcePpAdvantage(1e-8, 2.8).estimate(round).get(0);
    assertThat(kept.get(0).advantage()).isCloseTo(2.84605, within(1e-5));
    assertThat(cut.get(0).advantage()).isZero();
    assertThat(cut.get(1).advantage()).isEqualTo(kept.get(1).advantage()).isNegative();
  }

  @Test
  void tokensOfARound_haveMeanZeroAndDeviationOne() {
    List<EstimatedAdvantage> found =
        new ReinforcePpAdvantage(1e-12, null)
            .estimate(List.of(List.of(response(0.3, 2), response(-1, 7), response(2, 4))))
            .get(0);
    double[] weights = {2, 7, 4};
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      sum += weights[i] * found.get(i).advantage();
      squares += weights[i] * found.get(i).advantage() * found.get(i).advantage();
    }
    assertThat(sum).isCloseTo(0, within(1e-9));
    assertThat(squares / 12).isCloseTo(1, within(1e-9));
  }

  @Test
  void roundWithoutADifference_hasNoAdvantage() {
    RoundAdvantage estimator = new ReinforcePpAdvantage(1e-8, null);
    assertThat(estimator.estimate(List.of(List.of(response(0.7, 3)), List.of(response(0.7, 9)))))
        .allSatisfy(group -> assertThat(group.get(0).advantage()).isZero());
    assertThat(estimator.estimate(List.of(List.of(response(5, 1)))).get(0).get(0).advantage())
        .isZero();
    assertThat(estimator.estimate(List.of())).isEmpty();
  }

  @Test
  void penaltiesOfOtherTokens_areRefused() {
    assertThatThrownBy(() -> new RewardedResponse(1, 3, new double[] {0.1}))
        .hasMessage(
            "A response of 3 tokens has 1 penalties; it needs one for each token, or none.");
  }
}

package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.reward.StepScores;
import dev.sluice.models.training.KlEstimator;
import dev.sluice.stages.policy.UpdatePolicyConfig.Kl;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlPenaltyTest {

  /** Tokens with d = log p_ref - log p of 0.5, -1.5 and 0. */
  @ParameterizedTest
  @CsvSource({
    // -0.5 + 1.5
    "K1, , 0.2, 0.2",
    // 0.125 + 1.125
    "K2, , 0.2, 0.25",
    // exp(0.5) - 1.5 + exp(-1.5) + 0.5
    "K3, , 1, 0.871851",
    // -0.5 + 1
    "K1, 1, 0.2, 0.1",
    // 0.125 + 1
    "K2, 1, 0.2, 0.225"
  })
  void penalty_isTheWeightedSumOverTokens(
      KlEstimator estimator, @Nullable Double clamp, double weight, double expected) {
    float[] reference = {-0.5f, -2, -1};
    float[] written = {-1, -0.5f, -1};
    assertThat(
            KlPenalty.penalty(
                new Kl(weight, estimator, Kl.Place.REWARD, clamp), reference, written))
        .isCloseTo(expected, within(5.1e-7));
  }

  @Test
  void penalty_isTakenFromRewardAndOutcome() {
    ScoredRollout rewarded =
        new ScoredRollout(
            Map.of("a", 1.0),
            List.of(1.0),
            0.75,
            1.25,
            StepScores.incorrect(1),
            List.of(),
            List.of(),
            true,
            null,
            null);
    assertThat(rewarded.less(0.5).reward()).isEqualTo(0.25);
    assertThat(rewarded.less(0.5).outcome()).isEqualTo(0.75);
    assertThat(rewarded.less(0.5).terms()).isEqualTo(rewarded.terms());
  }
}

package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.KlEstimator;
import dev.sluice.models.Loss;
import dev.sluice.models.Loss.Aggregation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy loss of one token; its gradient is beside PyTorch's in {@link PolicyGradientTest}. */
class TokenLossesTest {
  @ParameterizedTest
  @CsvSource({
    // Ratio, advantage, bound; the loss.
    "5, -1, 3, 3",
    "5, -1, 0, 5",
    "5, -1, 6, 5",
    "5, 1, 3, -1.28",
    "2, -0.5, 3, 1",
    "4, -0.5, 3, 1.5",
    "0.1, -1, 3, 0.8",
    "1, -1, 1.5, 1"
  })
  void dualClip_boundsTheLossOfANegativeAdvantage(
      double ratio, double advantage, double bound, double expected) {
    Loss.Policy loss = new Loss.Policy(0.2, 0.28, bound, 0, Aggregation.TOKEN_MEAN, 1);
    assertThat(TokenLosses.policy(loss, Math.log(ratio), 0, 0, advantage))
        .isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    // log pi_ref - log pi, bound; k3 = exp(d) - d - 1, at most the bound.
    "0.1, 0, 0.005171",
    "-0.1, 0, 0.004837",
    "3, 0, 16.085537",
    "3, 10, 10",
    "-12, 10, 10",
    "0.1, 10, 0.005171",
    "3, 0.5, 0.5"
  })
  void klClamp_boundsTheEstimate(double distance, double bound, double expected) {
    Loss.Policy loss =
        new Loss.Policy(0.2, 0.28, 0, 1, KlEstimator.K3, bound, 1, Aggregation.TOKEN_MEAN, 1);
    assertThat(TokenLosses.policy(loss, -1, -1, distance - 1, 0)).isCloseTo(expected, within(1e-6));
  }
}

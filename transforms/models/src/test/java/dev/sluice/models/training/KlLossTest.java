package dev.sluice.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlLossTest {

  private static TokenLosses of(KlLoss loss, double distance) {
    float logprob = -1;
    float reference = (float) (distance + logprob);
    float ratio = (float) Math.exp(Math.max(-20, Math.min(20, reference - logprob)));
    float[] none = new float[1];
    return loss.of(
        new PolicyTokens(
            new float[] {0.5f},
            none,
            new float[] {logprob},
            none,
            none,
            new float[] {reference},
            new float[] {ratio}));
  }

  @ParameterizedTest
  @CsvSource({
    // log p_ref - log p, bound; k3 = exp(d) - d - 1, at most the bound.
    "0.1, 0, 0.005171",
    "-0.1, 0, 0.004837",
    "3, 0, 16.085537",
    "3, 10, 10",
    "-12, 10, 10",
    "0.1, 10, 0.005171",
    "3, 0.5, 0.5"
  })
  void clamp_boundsTheEstimate(double distance, double bound, double expected) {
    TokenLosses found = of(new KlLoss(2, KlEstimator.K3, bound), distance);
    assertThat((double) found.losses()[0]).isCloseTo(2 * expected, within(2e-6));
  }

  /** Half of twice the estimate, at the distance and a little beside it. */
  @ParameterizedTest
  @CsvSource({
    "K1, 0.7, 0", "K1, -3, 0", "K1, -3, 2",
    "K2, 0.7, 0", "K2, -3, 0", "K2, -3, 2",
    "K3, 0.7, 0", "K3, -3, 0", "K3, 2, 2",
    "K1, 25, 0", "K2, -25, 0", "K3, 25, 0"
  })
  void derivative_isThatOfTheEstimate(KlEstimator estimator, double distance, double bound) {
    double found = of(new KlLoss(2, estimator, bound), distance).derivatives()[0];
    double step = 1e-6;
    double difference =
        (estimator.of(distance - step, 0, bound) - estimator.of(distance + step, 0, bound))
            / (2 * step);
    assertThat(found).isCloseTo(difference, within(1e-5));
  }
}

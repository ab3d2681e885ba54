package dev.sluice.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlEstimatorTest {

  @ParameterizedTest
  @CsvSource({
    "K3, 0.1, 0.005171",
    "K3, -0.1, 0.004837",
    "K3, 0, 0",
    "K2, 0.1, 0.005",
    "K2, -0.3, 0.045",
    "K1, 0.1, -0.1",
    "K1, -0.3, 0.3"
  })
  void estimate(KlEstimator estimator, double d, double kl) {
    assertThat(estimator.of(d)).isCloseTo(kl, within(5.1e-7));
  }

  @Test
  void clamp_boundsBothSides_andTheDistance() {
    assertThat(KlEstimator.K1.of(-1, -13, 10)).isEqualTo(-10);
    assertThat(KlEstimator.K1.of(-13, -1, 10)).isEqualTo(10);
    assertThat(KlEstimator.K1.of(-1, -13, 0)).isEqualTo(-12);
    assertThat(KlEstimator.K2.of(0, -1000, 0)).isEqualTo(200);
    assertThat(KlEstimator.K3.of(0, -1000, 10)).isEqualTo(10);
  }
}

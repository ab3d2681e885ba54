package dev.sluice.methods.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipLossTest {

  /** A token whose ratio is given; its coefficient is 0.5. */
  private static TokenLosses of(@Nullable Double maxRatio, float ratio, float advantage) {
    float[] none = {0};
    return new ClipLoss(0.2, 0.28, null, maxRatio)
        .of(
            new PolicyTokens(
                new float[] {0.5f},
                new float[] {advantage},
                new float[] {(float) Math.log(ratio)},
                none,
                new float[] {ratio},
                none,
                none));
  }

  /** -min(rho A, clip(rho) A) with rho bounded to [0.25, 4]; a bounded ratio has no derivative. */
  @ParameterizedTest
  @CsvSource({
    // Within the bound, as without: -min(-2, -1.28), and it moves by -0.5 x -1 x 2.
    "2, -1, 2, 1",
    // Beyond it: -min(-4, -1.28).
    "9, -1, 4, 0",
    // Below it: -min(0.25, 0.8).
    "0.1, 1, -0.25, 0",
    // At it: -min(0.25, 0.8), and it still moves by -0.5 x 1 x 0.25.
    "0.25, 1, -0.25, -0.125",
    "1, 1, -1, -0.5"
  })
  void ratio_isBoundedBeforeTheClip(float ratio, float advantage, double loss, double derivative) {
    TokenLosses losses = of(4.0, ratio, advantage);
    assertThat((double) losses.losses()[0]).isCloseTo(loss, within(1e-6));
    assertThat((double) losses.derivatives()[0]).isCloseTo(derivative, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"9, -1", "0.1, 1", "0.1, -1", "9, 1", "1, 0"})
  void withoutABound_theLossIsThatOfAFarOne(float ratio, float advantage) {
    TokenLosses far = of(1e6, ratio, advantage);
    TokenLosses none = of(null, ratio, advantage);
    assertThat(none.losses()).isEqualTo(far.losses());
    assertThat(none.derivatives()).isEqualTo(far.derivatives());
  }
}

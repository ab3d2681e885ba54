package dev.sluice.runners.proof.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.Interval;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StrataTest {
  @Test
  void oneSeedIsAPlainBootstrap() {
    double[] values = {0, 0.25, 0.5, 1, 1, 0.75};
    Estimate estimate = Strata.of(Map.of(7, values)).mean();
    assertThat(estimate.mean()).isEqualTo(3.5 / 6);
    assertThat(estimate.interval()).isEqualTo(Bootstrap.ofMean(values, 7));
  }

  @Test
  void seedsAreDrawnWithinThemselves() {
    // Were the problems of both seeds drawn as one, the mean would differ from draw to draw.
    Strata strata = Strata.of(Map.of(7, new double[] {0, 0, 0}, 8, new double[] {1, 1}));
    assertThat(strata.mean()).isEqualTo(new Estimate(0.5, 0, 1, 2, new Interval(0.5, 0.5)));
  }

  @Test
  void eachSeedCountsAlikeHoweverManyProblemsItHas() {
    Strata strata = Strata.of(Map.of(7, new double[] {1, 1, 1, 1}, 8, new double[] {0}));
    assertThat(strata.mean().mean()).isEqualTo(0.5);
  }

  @Test
  void twoProblemsOfTwoSeedsReachFromNoneToAll() {
    // Each extreme comes once in 16 draws, more often than once in 40.
    Strata strata = Strata.of(Map.of(7, new double[] {0, 1}, 8, new double[] {0, 1}));
    assertThat(strata.mean()).isEqualTo(new Estimate(0.5, 0.5, 0.5, 2, new Interval(0, 1)));
  }

  @Test
  void aDifferenceIsTakenProblemByProblem() {
    Strata ours =
        Strata.of(Map.of(7, new double[] {0.5, 1}, 8, new double[] {1}, 9, new double[] {1}));
    Strata theirs = Strata.of(Map.of(7, new double[] {0.25, 0.75}, 8, new double[] {0.75}));
    Strata difference = ours.minus(theirs);
    assertThat(difference.bySeed().keySet()).containsExactly(7, 8);
    assertThat(difference.bySeed().get(7)).containsExactly(0.25, 0.25);
    // The pairs differ by the same amount, so nothing is left to chance.
    assertThat(difference.mean())
        .isEqualTo(new Estimate(0.25, 0.25, 0.25, 2, new Interval(0.25, 0.25)));
  }

  @Test
  void aDifferenceNeedsTheSameProblems() {
    Strata ours = Strata.of(Map.of(7, new double[] {0.5, 1}));
    Strata theirs = Strata.of(Map.of(7, new double[] {0.25}));
    assertThatThrownBy(() -> ours.minus(theirs))
        .hasMessage(
            "A paired difference needs the same test problems on both sides: with seed 7 there are 2 and 1.");
    assertThatThrownBy(() -> ours.minus(Strata.of(Map.of(8, new double[] {1}))))
        .hasMessage("A figure needs the values of at least one seed.");
  }

  @Test
  void aShareIsARatioOfSumsWithinEachSeed() {
    Strata part = Strata.of(Map.of(7, new double[] {1, 1}, 8, new double[] {0, 0}));
    Strata whole = Strata.of(Map.of(7, new double[] {2, 2}, 8, new double[] {0, 0}));
    assertThat(part.shareOf(whole))
        .isEqualTo(new Estimate(0.25, 0, 0.5, 2, new Interval(0.25, 0.25)));
  }
}

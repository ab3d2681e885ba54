package dev.sluice.pipelines.run.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RemainingTimeTest {
  @Test
  void evenWork_isForeseenExactly() {
    RemainingTime left = new RemainingTime();
    for (int second = 2; second <= 100; second++) {
      assertThat(left.look(second / 100.0, Duration.ofSeconds(second)))
          .isEqualTo(Duration.ofSeconds(100 - second));
    }
  }

  @Test
  void tooLittleDone_saysNothing() {
    RemainingTime left = new RemainingTime();
    assertThat(left.look(0.5, Duration.ofSeconds(1))).isNull();
    assertThat(left.look(0.019, Duration.ofSeconds(60))).isNull();
  }

  @Test
  void workThatIsDoneAtOnce_leavesNothing() {
    RemainingTime left = new RemainingTime();
    assertThat(left.look(0.1, Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(360));
    assertThat(left.look(1, Duration.ofSeconds(41))).isEqualTo(Duration.ZERO);
  }

  @Test
  void workThatComesInShards_doesNotJump() {
    RemainingTime left = new RemainingTime();
    double before = Double.NaN;
    for (int second = 2; second <= 100; second++) {
      // Nothing for ten seconds, then a tenth at once.
      Duration now =
          left.look(
              Math.min(0.99, Math.max(0.1, (second - second % 10) / 100.0)),
              Duration.ofSeconds(second));
      double seconds = now == null ? 0 : now.toMillis() / 1000.0;
      if (!Double.isNaN(before)) {
        assertThat(Math.abs(seconds - (before - 1))).as("second %d", second).isLessThan(11);
      }
      before = seconds;
    }
    assertThat(before).isLessThan(6);
  }
}

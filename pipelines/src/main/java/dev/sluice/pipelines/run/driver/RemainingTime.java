package dev.sluice.pipelines.run.driver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What remains of something at its pace so far. It runs down with the clock and is drawn towards
 * each new estimate by a part of the difference, so that it does not jump.
 */
final class RemainingTime {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final double LEAST_SHARE = 0.02;

  /** Part of the difference that a second corrects. */
  private static final double PULL = 0.1;

  private @Nullable Double seconds;
  private double lookedAt;

  /**
   * What remains now; null as long as too little is done to say.
   *
   * @param share what is done, from 0 to 1
   * @param elapsed since it began
   */
  @Nullable Duration look(double share, Duration elapsed) {
    double now = elapsed.toMillis() / 1000.0;
    if (share < LEAST_SHARE || elapsed.compareTo(FIRST) < 0) {
      return null;
    }
    double estimate = now * (1 - Math.min(1, share)) / share;
    Double before = seconds;
    if (before == null || share >= 1) {
      seconds = estimate;
    } else {
      double passed = Math.max(0, now - lookedAt);
      double expected = Math.max(0, before - passed);
      seconds = expected + (estimate - expected) * (1 - Math.pow(1 - PULL, passed));
    }
    lookedAt = now;
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}

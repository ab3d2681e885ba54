package dev.sluice.pipelines.schedule.alerts;

import dev.sluice.records.Hashes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** How long to wait between tries. */
public final class Backoff {
  /** Tries in all: over some four minutes at most. */
  public static final int TRIES = 8;

  private static final long FIRST_MILLIS = 2_000;
  private static final long LONGEST_MILLIS = 120_000;

  private Backoff() {}

  /**
   * The wait after a number of tries: 2 s, 4 s, up to 120 s, of which the second half is drawn from
   * a message's id, so that many messages do not come at once; empty after the last try.
   *
   * @param tries how often it was tried, from 1
   */
  public static Optional<Duration> after(int tries, String id) {
    if (tries >= TRIES) {
      return Optional.empty();
    }
    long half = Math.min(LONGEST_MILLIS, FIRST_MILLIS << (tries - 1)) / 2;
    long hash = ByteBuffer.wrap(Hashes.bytes("backoff", id, tries)).getLong();
    return Optional.of(Duration.ofMillis(half + Math.floorMod(hash, half + 1)));
  }
}

package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Leases;
import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.Manifest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Commits an artifact unless another run of the same plan has done so: runs at once share their
 * units, so that either's artifact is the other's. Two artifacts would do no harm, so a lease is
 * enough.
 *
 * @param run who commits
 * @param takes whether an artifact of another run will do
 */
record CommitOnce(RunContext run, Predicate<Artifact> takes) {
  private static final long PACE_MILLIS = 50;

  /** Longer than the other needs from his lease to his manifest, where there is another. */
  private static final Duration SETTLE = Duration.ofMillis(100);

  @SuppressWarnings("try") // The lease works by being held.
  Artifact commit(Attempt attempt, Manifest manifest) {
    ArtifactStore store = run.store();
    String key = Hashes.hex("commit", attempt.stageType(), attempt.fingerprint());
    Duration settle = store.hasRivals(attempt) ? SETTLE : Duration.ZERO;
    while (true) {
      Optional<Artifact> there = there(attempt);
      if (there.isPresent()) {
        return there.get();
      }
      Optional<Leases.Taken> lease = store.leases().take(key, run.folder().id(), settle);
      if (lease.isPresent()) {
        try (Leases.Taken taken = lease.get()) {
          return there(attempt).orElseGet(() -> store.commit(attempt, manifest));
        }
      }
      run.stopIfAsked();
      pause();
    }
  }

  private Optional<Artifact> there(Attempt attempt) {
    return run.store().find(attempt.stageType(), attempt.fingerprint()).filter(takes);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedRunException("The wait for another run was interrupted.");
    }
  }
}

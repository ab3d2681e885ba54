package dev.sluice.pipelines.run;

import dev.sluice.pipelines.store.Attempt;
import dev.sluice.records.Hashes;
import dev.sluice.records.Manifest;
import java.time.Instant;
import java.util.Set;

/**
 * Stages that are to run although they have artifacts. The new attempt takes the old one's place
 * once it is complete; both stay. Units of the old one are not found: their keys are others.
 *
 * @param stages names of the stages
 * @param since when it was asked for by the workspace's clock, an ISO instant: an artifact begun
 *     since then is the new one
 * @param extent how much of them
 */
public record Rerun(Set<String> stages, String since, Extent extent) {
  /** How much of a stage runs again. */
  public enum Extent {
    /** All of it. */
    ALL,
    /** What its dead letters stand for. */
    DEAD
  }

  /** Nothing. */
  public static final Rerun NONE = new Rerun(Set.of(), Instant.EPOCH.toString());

  public Rerun {
    stages = Set.copyOf(stages);
  }

  /** Stages that run again from the start. */
  public Rerun(Set<String> stages, String since) {
    this(stages, since, Extent.ALL);
  }

  /** Whether only the dead letters of a stage are tried again. */
  boolean retries(String stage) {
    return extent == Extent.DEAD && stages.contains(stage);
  }

  /** Whether an artifact is one that is to be replaced. */
  boolean replaces(String stage, Manifest there) {
    return stages.contains(stage) && began(there).isBefore(Instant.parse(since));
  }

  /** By the workspace's clock, which orders attempts whatever machines' clocks say. */
  private static Instant began(Manifest there) {
    return new Attempt(there.stageType(), there.fingerprint(), there.attempt())
        .began()
        .orElseGet(() -> Instant.parse(there.started()));
  }

  /** The task with keys of its own for its units, the same for as long as this rerun goes on. */
  StageTask of(StageTask task) {
    return stages.contains(task.name())
        ? task.again(
            Hashes.hex(task.unitPart(), extent == Extent.ALL ? "rerun" : "retry", since),
            // A dead letter has no reply; what has one is not paid for again.
            extent == Extent.ALL ? since : task.repliesSince())
        : task;
  }
}

package dev.sluice.pipelines.plan;

import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.run.worker.RetryRule;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.Manifest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stages that are to run although they have artifacts. The new attempt takes the old one's place
 * once it is complete; both stay. Units of the old one are not found: their keys are others.
 *
 * @param stages names of the stages
 * @param since when it was asked for by the workspace's clock, an ISO instant: an artifact begun
 *     since then is the new one
 * @param extent how much of them
 * @param rows the stage of which only chosen rows run again, whatever the extent of the others;
 *     null if there is none
 */
public record Rerun(Set<String> stages, String since, Extent extent, @Nullable Rows rows) {
  /** How much of a stage runs again. */
  public enum Extent {
    /** All of it. */
    ALL,
    /** What its dead letters stand for. */
    DEAD
  }

  /**
   * Rows of a stage.
   *
   * @param stage name of the stage
   * @param where condition on the rows of its primary table
   */
  public record Rows(String stage, String where) {}

  /** Nothing. */
  public static final Rerun NONE = new Rerun(Set.of(), Instant.EPOCH.toString());

  public Rerun {
    stages = Set.copyOf(stages);
  }

  /** Stages that run again from the start. */
  public Rerun(Set<String> stages, String since) {
    this(stages, since, Extent.ALL);
  }

  /** Stages of which equally much runs again. */
  public Rerun(Set<String> stages, String since, Extent extent) {
    this(stages, since, extent, null);
  }

  /** Which rows of a stage are asked again; empty if it runs as a whole or not at all. */
  public Optional<RetryRule> asks(ReadyStage stage) {
    String table = stage.origin().table();
    String where = where(stage.name());
    return table == null
            || !stages.contains(stage.name())
            || (where == null && extent != Extent.DEAD)
        ? Optional.empty()
        : Optional.of(new RetryRule(table, where));
  }

  private @Nullable String where(String stage) {
    return rows != null && rows.stage().equals(stage) ? rows.where() : null;
  }

  /** Whether an artifact is one that is to be replaced. */
  public boolean replaces(String stage, Manifest there) {
    return stages.contains(stage) && began(there).isBefore(Instant.parse(since));
  }

  /** By the workspace's clock, which orders attempts whatever machines' clocks say. */
  private static Instant began(Manifest there) {
    return new Attempt(there.stageType(), there.fingerprint(), there.attempt())
        .began()
        .orElseGet(() -> Instant.parse(there.started()));
  }

  /** The stage with keys of its own for its units, the same for as long as this rerun goes on. */
  public ReadyStage rekey(ReadyStage stage) {
    if (!stages.contains(stage.name())) {
      return stage;
    }
    String where = where(stage.name());
    if (where != null) {
      return stage.again(Hashes.hex(stage.unitPart(), "rows", where, since), since);
    }
    return stage.again(
        Hashes.hex(stage.unitPart(), extent == Extent.ALL ? "rerun" : "retry", since),
        // A dead letter has no reply; what has one is not paid for again.
        extent == Extent.ALL ? since : stage.repliesSince());
  }
}

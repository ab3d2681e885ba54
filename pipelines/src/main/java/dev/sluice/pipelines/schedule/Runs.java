package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.ledger.LedgerFire;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Runs of fires: processes that live on when the daemon that started them does not. */
public interface Runs {

  /** Where the run of a fire stands. */
  enum State {
    /** Its process is there. */
    RUNNING,
    /** There is neither a process nor a folder: whoever was to start it did not come to it. */
    NOT_STARTED,
    SUCCEEDED,
    FAILED,
    /** It ended, or its process is gone, and it can be gone on with. */
    INTERRUPTED,
    OVER_BUDGET,
    /** Somebody stopped it by hand. */
    STOPPED
  }

  /**
   * What is known of a run.
   *
   * @param reason why it failed; null if it did not
   */
  record Look(State state, @Nullable String reason) {}

  /** An id for a run that is about to be started. */
  String newId();

  /** Starts the run of a fire, whose row names it already. */
  void start(LedgerFire fire, ScheduledFile file, Map<String, String> params);

  /**
   * Goes on with a run whose process is gone, as a run of another id.
   *
   * @param before the id of the run that is gone on with
   */
  void resume(LedgerFire fire, String before);

  /** Where the run stands. */
  Look look(LedgerFire fire);

  /** Asks the run to finish what is in flight and end. */
  void stop(LedgerFire fire);

  /** Ends the run's process at once. */
  void kill(LedgerFire fire);

  /** A metric that the run reported; empty if it did not. */
  OptionalDouble metric(LedgerFire fire, String name);
}

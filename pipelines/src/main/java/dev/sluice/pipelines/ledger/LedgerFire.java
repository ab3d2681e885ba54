package dev.sluice.pipelines.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fire: one moment at which a schedule is due, and what came of it. There is one row for each
 * (schedule, due), made before anything runs.
 *
 * @param schedule the schedule's name
 * @param due when it was due, without jitter
 * @param kind why there is a fire
 * @param atOnce how many of its schedule's backfilled fires may run beside each other
 * @param state where it stands
 * @param attempt which try of it this is, from 1; 0 before the first
 * @param resumes how often a run of it whose process was gone was gone on with
 * @param notBefore when it may start at the earliest
 * @param runId the run that was started last for it; null before the first
 * @param daemon the daemon that started it; null before that
 * @param started when its first run was started
 * @param ended when it was over
 * @param stopping why its run is being stopped; null if it is not
 * @param reason why it did not succeed; null if it did, or is not over
 * @param changes how often the row was changed
 */
public record LedgerFire(
    String schedule,
    Instant due,
    Kind kind,
    int atOnce,
    State state,
    int attempt,
    int resumes,
    Instant notBefore,
    @Nullable String runId,
    @Nullable String daemon,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable String stopping,
    @Nullable String reason,
    long changes) {

  /** Why there is a fire. */
  public enum Kind {
    /** Its time came. */
    TIME,
    /** Its time came while nobody looked, and it is made up for. */
    CATCH_UP,
    /** There was new data. */
    DATA,
    /** Somebody asked for it afterwards. */
    BACKFILL
  }

  /** Where a fire stands. */
  public enum State {
    /** It is to start, as soon as it may. */
    WAITING,
    /** A run of it was started. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It was due while an earlier one was not over, and does not run. */
    SKIPPED,
    /** It was due while nobody looked, and does not run. */
    MISSED,
    /** It was stopped, since the next was due or its schedule was removed. */
    CANCELLED;

    /** Whether nothing more comes of it. */
    public boolean over() {
      return this != WAITING && this != RUNNING;
    }
  }

  /** A fire that is to start. */
  public static LedgerFire waiting(String schedule, Instant due, Kind kind, Instant notBefore) {
    return waiting(schedule, due, kind, notBefore, 1);
  }

  /** A fire that is to start, beside others. */
  public static LedgerFire waiting(
      String schedule, Instant due, Kind kind, Instant notBefore, int atOnce) {
    return new LedgerFire(
        schedule,
        due,
        kind,
        atOnce,
        State.WAITING,
        0,
        0,
        notBefore,
        null,
        null,
        null,
        null,
        null,
        null,
        0);
  }

  /** A fire that never runs. */
  public static LedgerFire never(
      String schedule, Instant due, State state, Instant now, String reason) {
    return waiting(schedule, due, Kind.TIME, due).over(state, now, reason);
  }

  /** The same with a run that is started for the first time, or tried again. */
  public LedgerFire running(String run, String by, Instant now) {
    Instant first = started == null ? now : started;
    return copy(State.RUNNING, attempt + 1, resumes, notBefore, run, by, first, null, null, null);
  }

  /** The same with a run that goes on with the one before. */
  public LedgerFire resumed(String run, String by) {
    return copy(
        State.RUNNING, attempt, resumes + 1, notBefore, run, by, started, null, stopping, null);
  }

  /** The same with its run in the hands of another daemon. */
  public LedgerFire taken(String by) {
    return copy(state, attempt, resumes, notBefore, runId, by, started, ended, stopping, reason);
  }

  /** The same with its run asked to stop. */
  public LedgerFire stopping(String why) {
    return copy(state, attempt, resumes, notBefore, runId, daemon, started, ended, why, reason);
  }

  /** The same, to be tried again. */
  public LedgerFire again(Instant from, @Nullable String why) {
    return copy(State.WAITING, attempt, resumes, from, runId, null, started, null, null, why);
  }

  /** The same, to be run anew as if it never was. */
  public LedgerFire anew(Kind why, Instant from, int beside) {
    return new LedgerFire(
        schedule,
        due,
        why,
        beside,
        State.WAITING,
        0,
        0,
        from,
        null,
        null,
        null,
        null,
        null,
        null,
        changes);
  }

  /** The same, over. */
  public LedgerFire over(State how, Instant now, @Nullable String why) {
    return copy(how, attempt, resumes, notBefore, runId, daemon, started, now, null, why);
  }

  LedgerFire changed() {
    return new LedgerFire(
        schedule,
        due,
        kind,
        atOnce,
        state,
        attempt,
        resumes,
        notBefore,
        runId,
        daemon,
        started,
        ended,
        stopping,
        reason,
        changes + 1);
  }

  private LedgerFire copy(
      State how,
      int tries,
      int goneOn,
      Instant from,
      @Nullable String run,
      @Nullable String by,
      @Nullable Instant begun,
      @Nullable Instant over,
      @Nullable String stop,
      @Nullable String why) {
    return new LedgerFire(
        schedule, due, kind, atOnce, how, tries, goneOn, from, run, by, begun, over, stop, why,
        changes);
  }
}

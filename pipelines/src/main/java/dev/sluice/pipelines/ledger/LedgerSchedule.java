package dev.sluice.pipelines.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule, as the table {@code schedules} holds it.
 *
 * @param name the pipeline's name
 * @param file the pipeline file, an absolute path
 * @param times what decides its fires' times, as JSON: tells whether the file's times were edited
 * @param paused whether it fires
 * @param decidedUntil every fire that is due up to here has its row; none is made before
 * @param seen what {@code on_new_data} last saw, as a hash; null before the first look
 * @param problem why the file cannot be run now; null if it can
 * @param changes how often the row was changed
 */
public record LedgerSchedule(
    String name,
    String file,
    String times,
    boolean paused,
    Instant decidedUntil,
    @Nullable String seen,
    @Nullable String problem,
    long changes) {

  /** The same with its fires decided up to a later moment. */
  public LedgerSchedule decided(Instant until) {
    Instant later = until.isAfter(decidedUntil) ? until : decidedUntil;
    return new LedgerSchedule(name, file, times, paused, later, seen, problem, changes);
  }

  /** The same with other times. */
  public LedgerSchedule timed(String other) {
    return new LedgerSchedule(name, file, other, paused, decidedUntil, seen, problem, changes);
  }

  /** The same with another file. */
  public LedgerSchedule in(String other) {
    return new LedgerSchedule(name, other, times, paused, decidedUntil, seen, problem, changes);
  }

  /** The same, paused or not. */
  public LedgerSchedule paused(boolean other) {
    return new LedgerSchedule(name, file, times, other, decidedUntil, seen, problem, changes);
  }

  /** The same after another look at its data. */
  public LedgerSchedule saw(String other) {
    return new LedgerSchedule(name, file, times, paused, decidedUntil, other, problem, changes);
  }

  /** The same with another problem, or none. */
  public LedgerSchedule with(@Nullable String other) {
    return new LedgerSchedule(name, file, times, paused, decidedUntil, seen, other, changes);
  }

  LedgerSchedule changed() {
    return new LedgerSchedule(name, file, times, paused, decidedUntil, seen, problem, changes + 1);
  }
}

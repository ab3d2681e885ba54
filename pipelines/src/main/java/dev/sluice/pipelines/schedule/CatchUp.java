package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.LedgerFire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What becomes of the fires that are due when a daemon looks. */
final class CatchUp {
  /** A fire that is found so much later than due was missed: nobody looked. */
  static final Duration MISSED_AFTER = Duration.ofMinutes(1);

  /** Of more missed fires than this, the earliest leave no row. */
  static final int MAX_ROWS = 10_000;

  private CatchUp() {}

  /**
   * A row for each fire that is due: it waits to start, or is missed, as the schedule's {@code
   * catch_up} has it.
   *
   * @param due in order
   */
  static List<LedgerFire> rows(
      String name, Schedule schedule, FireTimes times, List<Instant> due, Instant now) {
    Instant limit = now.minus(MISSED_AFTER);
    int missed = (int) due.stream().filter(fire -> fire.isBefore(limit)).count();
    int madeUpFor =
        switch (schedule.catchUp()) {
          case NONE -> 0;
          case LATEST -> 1;
          case ALL -> schedule.maxCatchUp();
        };
    List<LedgerFire> rows = new ArrayList<>();
    for (int i = 0; i < due.size(); i++) {
      Instant fire = due.get(i);
      Instant start = fire.plus(times.jitter(name, fire));
      if (i >= missed) {
        rows.add(LedgerFire.waiting(name, fire, LedgerFire.Kind.TIME, start));
      } else if (i >= missed - madeUpFor) {
        rows.add(LedgerFire.waiting(name, fire, LedgerFire.Kind.CATCH_UP, start));
      } else {
        rows.add(
            LedgerFire.never(name, fire, LedgerFire.State.MISSED, now, reason(schedule, missed)));
      }
    }
    return rows;
  }

  private static String reason(Schedule schedule, int missed) {
    return switch (schedule.catchUp()) {
      case NONE -> "no daemon was running when it was due, and catch_up is none";
      case LATEST ->
          "no daemon was running when it was due; of %d missed fires the latest is made up for"
              .formatted(missed);
      case ALL ->
          "no daemon was running when it was due; of %d missed fires the last %d are made up for (max_catch_up)"
              .formatted(missed, schedule.maxCatchUp());
    };
  }
}

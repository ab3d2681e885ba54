package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Timestamps;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerFire.Kind;
import dev.sluice.pipelines.ledger.LedgerFire.State;
import dev.sluice.pipelines.ledger.ScheduleTables;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fires that somebody asks for afterwards.
 *
 * @param fires those that are to run
 * @param leftOut those of the range that are not, since they ran already, wait or run
 */
public record Backfill(List<Instant> fires, List<Instant> leftOut) {
  /** Most fires of one request. */
  public static final int MAX = 1000;

  /** Which fires that ran already run again. */
  public enum Again {
    NONE,
    FAILED,
    COMPLETED
  }

  public Backfill {
    fires = List.copyOf(fires);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Asks for the fires of a range, with the times that the file has now.
   *
   * @param from the first moment
   * @param to the end, which is left out
   * @param atOnce most of them at once
   * @param dryRun whether nothing is asked for in fact
   * @throws IllegalArgumentException if the range is empty or has too many fires
   */
  public static Backfill of(
      ScheduleTables tables,
      ScheduledFile file,
      Instant from,
      Instant to,
      Again again,
      int atOnce,
      boolean dryRun) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "A backfill goes from a moment to a later one, but %s is not before %s."
              .formatted(from, to));
    }
    List<Instant> due = file.times().between(from.minusNanos(1), to.minusNanos(1), MAX + 1);
    if (due.size() > MAX) {
      throw new IllegalArgumentException(
          "From %s to %s the schedule %s has more than %d times; ask for them in parts."
              .formatted(from, to, file.name(), MAX));
    }
    List<Instant> fires = new ArrayList<>();
    List<Instant> leftOut = new ArrayList<>();
    List<LedgerFire> fresh = new ArrayList<>();
    for (Instant fire : due) {
      Optional<LedgerFire> before = tables.fire(file.name(), fire);
      if (before.isEmpty()) {
        fires.add(fire);
        fresh.add(LedgerFire.waiting(file.name(), fire, Kind.BACKFILL, fire, atOnce));
      } else if (runsAgain(before.get().state(), again)) {
        fires.add(fire);
        if (!dryRun) {
          LedgerFire row = before.get();
          boolean unused = tables.change(row, row.anew(Kind.BACKFILL, fire, atOnce));
        }
      } else {
        leftOut.add(fire);
      }
    }
    if (!dryRun) {
      tables.add(fresh);
    }
    return new Backfill(fires, leftOut);
  }

  private static boolean runsAgain(State state, Again again) {
    return switch (state) {
      case WAITING, RUNNING -> false;
      case MISSED, SKIPPED -> true;
      case FAILED, CANCELLED -> again != Again.NONE;
      case SUCCEEDED -> again == Again.COMPLETED;
    };
  }

  /** A day or a time as people write it; null if it is none. */
  public static @Nullable Instant moment(String text, ZoneId zone) {
    try {
      return Timestamps.parse(text, zone);
    } catch (DateTimeException e) {
      return null;
    }
  }
}

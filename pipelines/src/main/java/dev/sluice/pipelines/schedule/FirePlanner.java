package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the fires that are due. A schedule's row says up to when they were made; it moves
 * in one transaction with the rows, so that every fire is decided once, whatever dies when, however
 * many daemons look, and whichever way the clock jumps.
 */
final class FirePlanner {
  /** New data is looked for so often, and fires once it stayed the same from look to look. */
  static final Duration BETWEEN_LOOKS_AT_DATA = Duration.ofSeconds(5);

  private final ScheduledFiles files;

  /** What is known of a schedule as long as neither its row nor its file changes. */
  private record Known(long changes, Instant fileChanged, Instant next) {}

  private record Data(String hash, Instant at) {}

  private final Consumer<LedgerFire> ended;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Data> data = new HashMap<>();

  /**
   * Decides by what files say now.
   *
   * @param ended is told of each fire that fails at once, since its file is broken
   */
  FirePlanner(ScheduledFiles files, Consumer<LedgerFire> ended) {
    this.files = files;
    this.ended = ended;
  }

  /**
   * Decides what is due of a schedule; says when the next is, as far as is known.
   *
   * @return {@link Instant#MAX} for never
   */
  Instant look(ScheduleTables tables, LedgerSchedule row, Instant now) {
    if (row.paused()) {
      return Instant.MAX;
    }
    ScheduledFiles.Look look = files.look(row.file());
    if (look.file() != null && look.file().schedule().onNewData() != null) {
      data(tables, row, look.file().schedule().onNewData(), now);
    }
    Known before = known.get(row.name());
    if (before != null
        && before.changes() == row.changes()
        && before.fileChanged().equals(look.changed())
        && before.next().isAfter(now)) {
      return before.next();
    }
    decide(tables, row, look, now);
    Schedule schedule =
        look.file() == null ? TimesText.schedule(row.times()) : look.file().schedule();
    Instant from = now.isAfter(row.decidedUntil()) ? now : row.decidedUntil();
    Instant next = FireTimes.of(schedule).next(from).orElse(Instant.MAX);
    tables
        .schedule(row.name())
        .ifPresent(
            after -> known.put(row.name(), new Known(after.changes(), look.changed(), next)));
    return next;
  }

  private void decide(
      ScheduleTables tables, LedgerSchedule row, ScheduledFiles.Look look, Instant now) {
    String problem = look.problem();
    if (look.file() == null) {
      List<LedgerFire> failed = new ArrayList<>();
      for (LedgerFire fire : due(row, TimesText.schedule(row.times()), now, now)) {
        failed.add(fire.over(LedgerFire.State.FAILED, now, problem));
      }
      change(tables, row, failed.isEmpty() ? row : row.decided(now), failed, problem);
      return;
    }
    String times = TimesText.of(look.file().schedule());
    if (times.equals(row.times())) {
      List<LedgerFire> fires = due(row, look.file().schedule(), now, now);
      change(tables, row, fires.isEmpty() ? row : row.decided(now), fires, null);
      return;
    }
    // The times were edited. What was due before that stays due; the new ones count from now on.
    Instant edited = look.changed().isBefore(now) ? look.changed() : now;
    List<LedgerFire> fires = due(row, TimesText.schedule(row.times()), edited, now);
    change(tables, row, row.decided(now).timed(times), fires, null);
  }

  private static List<LedgerFire> due(
      LedgerSchedule row, Schedule schedule, Instant until, Instant now) {
    FireTimes times = FireTimes.of(schedule);
    Optional<Instant> first = times.next(row.decidedUntil());
    if (first.isEmpty() || first.get().isAfter(until)) {
      return List.of();
    }
    List<Instant> due = times.last(row.decidedUntil(), until, CatchUp.MAX_ROWS);
    return CatchUp.rows(row.name(), schedule, times, due, now);
  }

  private void change(
      ScheduleTables tables,
      LedgerSchedule row,
      LedgerSchedule after,
      List<LedgerFire> fires,
      @Nullable String problem) {
    LedgerSchedule told = after.with(problem);
    if (!told.equals(row)) {
      // If another daemon was faster, the fires are its.
      if (tables.change(row, told, fires)) {
        fires.stream().filter(fire -> fire.state() == LedgerFire.State.FAILED).forEach(ended);
      }
    }
  }

  private void data(ScheduleTables tables, LedgerSchedule row, String pattern, Instant now) {
    Data before = data.get(row.name());
    if (before != null && now.isBefore(before.at().plus(BETWEEN_LOOKS_AT_DATA))) {
      return;
    }
    String hash = files.data(pattern);
    data.put(row.name(), new Data(hash, now));
    if (hash.equals(row.seen())) {
      return;
    }
    if (row.seen() == null) {
      boolean unused = tables.change(row, row.saw(hash), List.of());
    } else if (before != null && before.hash().equals(hash)) {
      Instant due = now.truncatedTo(ChronoUnit.SECONDS);
      LedgerFire fire = LedgerFire.waiting(row.name(), due, LedgerFire.Kind.DATA, due);
      boolean unused = tables.change(row, row.saw(hash), List.of(fire));
    }
  }
}

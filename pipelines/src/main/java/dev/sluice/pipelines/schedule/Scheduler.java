package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.ledger.LedgerDaemon;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a daemon does, look by look: decides what is due, follows runs, starts what waits, tells of
 * what goes wrong. All that it must not forget is in the ledger; it may be killed between any two
 * statements, and another goes on.
 */
public final class Scheduler {
  private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(5);
  private static final Duration MAX_SLEEP = Duration.ofSeconds(1);

  private final LedgerDaemon self;
  private final Predicate<LedgerDaemon> alive;
  private final Clock clock;
  private final FirePlanner deciding;
  private final RunMonitor watching;
  private final RunLauncher starting;
  private final AlertDispatcher telling;
  private final List<LedgerFire> ended = new ArrayList<>();
  private Instant heartbeat = Instant.MIN;

  /**
   * A daemon's scheduler.
   *
   * @param self how the daemon is known to others
   * @param alive whether another daemon is there
   * @param senders where alerts are sent, since that may take long
   * @param mostRuns most runs at once
   */
  public Scheduler(
      LedgerDaemon self,
      Predicate<LedgerDaemon> alive,
      ScheduledFiles files,
      Runs runs,
      AlertSender sender,
      Executor senders,
      int mostRuns,
      Clock clock) {
    this.self = self;
    this.alive = alive;
    this.clock = clock;
    deciding = new FirePlanner(files, ended::add);
    watching = new RunMonitor(files, runs, self.id(), ended::add);
    starting = new RunLauncher(files, runs, self.id(), mostRuns, ended::add);
    telling = new AlertDispatcher(files, runs, sender, senders);
  }

  /**
   * What was seen.
   *
   * @param next when to look again at the latest
   * @param schedules all of them, as they were at the beginning
   * @param ended the fires that this daemon has ended in this look
   */
  public record Look(Instant next, List<LedgerSchedule> schedules, List<LedgerFire> ended) {}

  /** Looks once. */
  public Look look(ScheduleTables tables) {
    ended.clear();
    Instant now = clock.instant();
    if (now.isBefore(heartbeat) || !now.isBefore(heartbeat.plus(BETWEEN_HEARTBEATS))) {
      tables.alive(self, now);
      heartbeat = now;
    }
    List<LedgerSchedule> schedules = tables.schedules();
    Map<String, String> paths =
        schedules.stream().collect(Collectors.toMap(LedgerSchedule::name, LedgerSchedule::file));
    Instant next = now.plus(MAX_SLEEP);
    for (LedgerSchedule schedule : schedules) {
      Instant due = deciding.look(tables, schedule, now);
      next = due.isBefore(next) ? due : next;
    }
    watching.look(tables, paths, alive, now);
    starting.look(tables, paths, now);
    telling.look(tables, schedules, now);
    return new Look(next, schedules, List.copyOf(ended));
  }
}

package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerFire.Kind;
import dev.sluice.pipelines.ledger.LedgerFire.State;
import dev.sluice.pipelines.ledger.ScheduleTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the fires that wait, in the order in which they were due, as their schedules allow. */
final class RunLauncher {
  private final ScheduledFiles files;
  private final Runs runs;
  private final String daemon;
  private final int mostRuns;
  private final Consumer<LedgerFire> ended;

  /**
   * Starts fires for a daemon.
   *
   * @param mostRuns most runs at once
   * @param ended is told of each fire that is over without a run
   */
  RunLauncher(
      ScheduledFiles files, Runs runs, String daemon, int mostRuns, Consumer<LedgerFire> ended) {
    this.ended = ended;
    this.files = files;
    this.runs = runs;
    this.daemon = daemon;
    this.mostRuns = mostRuns;
  }

  /** What is done with a fire that waits. */
  private enum Turn {
    START,
    WAIT,
    SKIP,
    CANCEL
  }

  /**
   * Starts what may start now.
   *
   * @param paths file of each schedule, by name
   */
  void look(ScheduleTables tables, Map<String, String> paths, Instant now) {
    Map<String, List<LedgerFire>> open = new LinkedHashMap<>();
    List<LedgerFire> inOrder = tables.open();
    inOrder.forEach(
        fire -> open.computeIfAbsent(fire.schedule(), name -> new ArrayList<>()).add(fire));
    long running = inOrder.stream().filter(fire -> fire.state() == State.RUNNING).count();
    for (LedgerFire fire : inOrder) {
      if (fire.state() != State.WAITING) {
        continue;
      }
      List<LedgerFire> beside = Objects.requireNonNull(open.get(fire.schedule()));
      String path = paths.get(fire.schedule());
      ScheduledFiles.Look look = path == null ? null : files.look(path);
      ScheduledFile file = look == null ? null : look.file();
      if (look == null) {
        end(tables, fire, beside, State.CANCELLED, now, "its schedule was removed");
      } else if (file == null) {
        end(tables, fire, beside, State.FAILED, now, look.problem());
      } else {
        switch (turn(tables, fire, beside, file.schedule(), now)) {
          case SKIP ->
              end(tables, fire, beside, State.SKIPPED, now, "the fire before it was not over");
          case CANCEL -> end(tables, fire, beside, State.CANCELLED, now, RunMonitor.NEXT_IS_DUE);
          case START -> {
            if (running < mostRuns && start(tables, fire, beside, file, now)) {
              running++;
            }
          }
          case WAIT -> {}
        }
      }
    }
  }

  /** What is to be done with a fire, given those of its schedule that are not over. */
  private static Turn turn(
      ScheduleTables tables, LedgerFire fire, List<LedgerFire> open, Schedule file, Instant now) {
    if (fire.kind() == Kind.BACKFILL) {
      long beside =
          open.stream()
              .filter(other -> other.kind() == Kind.BACKFILL && other.state() == State.RUNNING)
              .count();
      boolean may = beside < fire.atOnce() && !now.isBefore(fire.notBefore());
      return may ? Turn.START : Turn.WAIT;
    }
    List<LedgerFire> others =
        open.stream()
            .filter(other -> other.kind() != Kind.BACKFILL && !other.equals(fire))
            .toList();
    boolean last = others.stream().noneMatch(other -> other.due().isAfter(fire.due()));
    if (file.overlap() == Schedule.Overlap.CANCEL_PREVIOUS && !last) {
      return Turn.CANCEL;
    }
    if (now.isBefore(fire.notBefore())) {
      return Turn.WAIT;
    }
    if (others.stream().noneMatch(other -> other.due().isBefore(fire.due()))) {
      return Turn.START;
    }
    return switch (file.overlap()) {
      case QUEUE -> Turn.WAIT;
      case SKIP -> Turn.SKIP;
      case CANCEL_PREVIOUS -> {
        others.stream()
            .filter(other -> other.state() == State.RUNNING && other.stopping() == null)
            .forEach(other -> stop(tables, other));
        yield Turn.WAIT;
      }
    };
  }

  private static void stop(ScheduleTables tables, LedgerFire fire) {
    boolean unused = tables.change(fire, fire.stopping(RunMonitor.NEXT_IS_DUE));
  }

  private boolean start(
      ScheduleTables tables,
      LedgerFire fire,
      List<LedgerFire> open,
      ScheduledFile file,
      Instant now) {
    LedgerFire started = fire.running(runs.newId(), daemon, now);
    // The row first: a daemon that dies now leaves a run that was not started, never a second one.
    if (!tables.change(fire, started)) {
      return false;
    }
    open.set(open.indexOf(fire), started);
    runs.start(started, file, file.schedule().paramsAt(fire.due()));
    return true;
  }

  private void end(
      ScheduleTables tables,
      LedgerFire fire,
      List<LedgerFire> open,
      State how,
      Instant now,
      @Nullable String why) {
    LedgerFire over = fire.over(how, now, why);
    if (tables.change(fire, over)) {
      ended.accept(over);
      boolean unused = open.remove(fire);
    }
  }
}

package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.LedgerDaemon;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerFire.State;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.records.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows the runs of fires to their end: goes on with those whose process is gone, tries failed
 * ones again, stops those that take too long or have to give way.
 */
final class RunMonitor {
  static final String NEXT_IS_DUE = "the next one was due";

  static final String OVER_BUDGET = "its budget was used up";
  static final String TOO_LONG = "it took longer than max_runtime";

  /** A run whose process was gone so often is given up. */
  static final int MAX_RESUMES = 5;

  /** A run that was asked to stop has so long to finish what is in flight. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration MAX_PAUSE = Duration.ofHours(1);

  private final ScheduledFiles files;
  private final Runs runs;
  private final String daemon;
  private final Consumer<LedgerFire> ended;
  private final Map<LedgerFireKey, Instant> asked = new HashMap<>();

  private record LedgerFireKey(String schedule, Instant due) {
    static LedgerFireKey of(LedgerFire fire) {
      return new LedgerFireKey(fire.schedule(), fire.due());
    }
  }

  RunMonitor(ScheduledFiles files, Runs runs, String daemon, Consumer<LedgerFire> ended) {
    this.ended = ended;
    this.files = files;
    this.runs = runs;
    this.daemon = daemon;
  }

  /**
   * Looks at all runs that are this daemon's, or were a daemon's that is gone.
   *
   * @param paths file of each schedule, by name
   */
  void look(
      ScheduleTables tables,
      Map<String, String> paths,
      Predicate<LedgerDaemon> alive,
      Instant now) {
    // Fires first: whoever started one of these was among the daemons before.
    List<LedgerFire> open = tables.open();
    List<String> others =
        tables.daemons().stream()
            .filter(other -> !other.id().equals(daemon) && alive.test(other))
            .map(LedgerDaemon::id)
            .toList();
    for (LedgerFire fire : open) {
      if (fire.state() == State.RUNNING && !others.contains(fire.daemon())) {
        LedgerFire mine = fire;
        if (!daemon.equals(fire.daemon())) {
          if (!tables.change(fire, fire.taken(daemon))) {
            continue;
          }
          mine = tables.fire(fire.schedule(), fire.due()).orElse(fire);
        }
        String path = paths.get(fire.schedule());
        ScheduledFile file = path == null ? null : files.look(path).file();
        follow(tables, mine, file, now);
      }
    }
  }

  private void follow(
      ScheduleTables tables, LedgerFire fire, @Nullable ScheduledFile file, Instant now) {
    Runs.Look look = runs.look(fire);
    switch (look.state()) {
      case RUNNING -> running(tables, fire, file, now);
      case SUCCEEDED -> end(tables, fire, State.SUCCEEDED, now, null);
      case OVER_BUDGET -> end(tables, fire, State.FAILED, now, OVER_BUDGET);
      case FAILED -> failed(tables, fire, file, now, look.reason());
      case NOT_STARTED, INTERRUPTED -> gone(tables, fire, file, look.state(), now);
      case STOPPED -> {
        String why = fire.stopping() == null ? look.reason() : fire.stopping();
        State how = tookTooLong(why) ? State.FAILED : State.CANCELLED;
        end(tables, fire, how, now, why);
      }
    }
  }

  private void running(
      ScheduleTables tables, LedgerFire fire, @Nullable ScheduledFile file, Instant now) {
    Duration most = maxRuntime(file);
    Instant started = fire.started() == null ? now : fire.started();
    if (fire.stopping() == null && most != null && now.isAfter(started.plus(most))) {
      String why = "%s (%s)".formatted(TOO_LONG, most);
      if (tables.change(fire, fire.stopping(why))) {
        ask(fire, now);
      }
    } else if (fire.stopping() != null) {
      ask(fire, now);
    }
  }

  /** Whether that is why a fire did not succeed. */
  static boolean tookTooLong(@Nullable String reason) {
    return reason != null && reason.startsWith(TOO_LONG);
  }

  private void ask(LedgerFire fire, Instant now) {
    Instant first = asked.putIfAbsent(LedgerFireKey.of(fire), now);
    if (first == null) {
      runs.stop(fire);
    } else if (now.isAfter(first.plus(PATIENCE))) {
      runs.kill(fire);
    }
  }

  private static @Nullable Duration maxRuntime(@Nullable ScheduledFile file) {
    String text = file == null ? null : file.schedule().maxRuntime();
    return text == null ? null : Durations.parse(text);
  }

  private void failed(
      ScheduleTables tables,
      LedgerFire fire,
      @Nullable ScheduledFile file,
      Instant now,
      @Nullable String reason) {
    Schedule schedule = file == null ? null : file.schedule();
    if (fire.stopping() == null && schedule != null && fire.attempt() <= schedule.retries()) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(fire.attempt() - 1, 10));
      Instant from = now.plus(pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE);
      boolean unused = tables.change(fire, fire.again(from, reason));
      return;
    }
    end(tables, fire, State.FAILED, now, fire.stopping() == null ? reason : fire.stopping());
  }

  private void gone(
      ScheduleTables tables,
      LedgerFire fire,
      @Nullable ScheduledFile file,
      Runs.State state,
      Instant now) {
    if (fire.stopping() != null) {
      State how = tookTooLong(fire.stopping()) ? State.FAILED : State.CANCELLED;
      end(tables, fire, how, now, fire.stopping());
    } else if (fire.resumes() >= MAX_RESUMES) {
      String why = "the process of its run was gone %d times".formatted(MAX_RESUMES + 1);
      end(tables, fire, State.FAILED, now, why);
    } else if (state == Runs.State.INTERRUPTED) {
      String before = fire.runId() == null ? "" : fire.runId();
      LedgerFire resumed = fire.resumed(runs.newId(), daemon);
      if (tables.change(fire, resumed)) {
        runs.resume(resumed, before);
      }
    } else if (file != null) {
      LedgerFire again = fire.resumed(runs.newId(), daemon);
      if (tables.change(fire, again)) {
        runs.start(again, file, file.schedule().paramsAt(fire.due()));
      }
    } else {
      end(
          tables,
          fire,
          State.FAILED,
          now,
          "its pipeline file cannot be read, and no run of it was begun");
    }
  }

  private void end(
      ScheduleTables tables, LedgerFire fire, State how, Instant now, @Nullable String why) {
    asked.remove(LedgerFireKey.of(fire));
    LedgerFire over = fire.over(how, now, why);
    if (tables.change(fire, over)) {
      ended.accept(over);
    }
  }
}

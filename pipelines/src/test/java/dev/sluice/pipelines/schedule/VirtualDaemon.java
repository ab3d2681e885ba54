package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerDaemon;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerPlace;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A daemon with a clock that a test turns, fake runs, and a ledger of its own. */
final class VirtualDaemon extends Clock implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2027-03-01T00:00:00Z");

  /** What every run does, unless a test says otherwise: succeeds after a minute. */
  Function<LedgerFire, FakeRuns.Script> script =
      fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(1));

  final FakeFiles files = new FakeFiles();
  final FakeRuns runs = new FakeRuns(() -> this.now, fire -> script.apply(fire));
  final List<String> sent = new ArrayList<>();

  /** How many more messages fail. */
  int failures;

  /** Whether sending ends in a fault of the sender's own. */
  boolean faulty;

  int mostRuns = 10;
  private final Ledger ledger;
  private Instant now = BEGIN;

  /** The fires that ended, as the daemon's log names them. */
  final List<String> ended = new ArrayList<>();

  private @Nullable Scheduler scheduler;
  private int daemons;

  VirtualDaemon(Path workspace) {
    ledger = Ledger.open(LedgerPlace.of(Workspace.of(workspace)));
  }

  ScheduleTables tables() {
    return ledger.schedules();
  }

  /** Schedules a file; its fires count from now on. */
  void add(String name, Schedule schedule, Alert... alerts) {
    files.put(name, schedule, now, alerts);
    boolean unused =
        tables()
            .add(
                new LedgerSchedule(
                    name, FakeFiles.path(name), TimesText.of(schedule), false, now, null, null, 0));
  }

  static Schedule cron(String line, Schedule.Overlap overlap, Schedule.CatchUp catchUp) {
    return schedule(line, overlap, catchUp, null, 0);
  }

  static Schedule schedule(
      String line,
      Schedule.Overlap overlap,
      Schedule.CatchUp catchUp,
      @Nullable String maxRuntime,
      int retries) {
    return new Schedule(
        line,
        null,
        null,
        "UTC",
        null,
        null,
        catchUp,
        100,
        overlap,
        null,
        maxRuntime,
        retries,
        Map.of("day", "${fire.date}"));
  }

  /** Kills the daemon; the next look is another one's. */
  void kill() {
    scheduler = null;
  }

  /** Lets time pass while nobody looks. */
  void sleep(Duration time) {
    now = now.plus(time);
  }

  /** Lets time pass while the daemon looks, once in so long. */
  void live(Duration time, Duration step) {
    Instant end = now.plus(time);
    look();
    while (now.isBefore(end)) {
      now = now.plus(step);
      look();
    }
  }

  void look() {
    Scheduler looking = scheduler;
    if (looking == null) {
      String id = "daemon-" + ++daemons;
      looking =
          new Scheduler(
              new LedgerDaemon(id, "host", daemons, "", now),
              other -> false,
              files,
              runs,
              (alert, message) -> send(message),
              Runnable::run,
              mostRuns,
              this);
      scheduler = looking;
    }
    looking
        .look(tables())
        .ended()
        .forEach(
            fire ->
                ended.add(
                    "%s %s %s: %s"
                        .formatted(
                            fire.schedule(),
                            fire.due(),
                            fire.state().name().toLowerCase(Locale.ROOT),
                            fire.reason())));
  }

  private void send(String message) throws IOException {
    if (faulty) {
      throw new IllegalStateException("a fault at https://hooks.example/T0/secret-token");
    }
    if (failures > 0) {
      failures--;
      throw new IOException("the receiver answered 503");
    }
    sent.add(message);
  }

  /** The fires of a schedule as "due state", the minutes of their due since the beginning. */
  List<String> fires(String name) {
    return tables().fires(name, BEGIN, BEGIN.plus(Duration.ofDays(3650))).stream()
        .map(
            fire ->
                "%d %s"
                    .formatted(
                        Duration.between(BEGIN, fire.due()).toMinutes(),
                        fire.state().name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void close() {
    ledger.close();
  }
}

package dev.sluice.pipelines.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.KilledLedger;
import dev.sluice.pipelines.ledger.KilledLedger.Killed;
import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerDaemon;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerPlace;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A year of twenty schedules in four zones, both daylight changes among it, on a clock of its own:
 * daemons are killed 200 times at a random statement, runs are killed, the clock jumps. Afterwards
 * every fire that the oracle knows has one row and ran once, and there is no other.
 */
abstract class ScheduleYearContract {
  private static final Instant BEGIN = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2028-01-01T00:00:00Z");
  private static final int KILLS = 200;
  private static final int EACH_ZONE = 5;
  private static final int MAX_FIRES = 1000;

  private final Random random = new Random(27);

  /** Apart from the other, since it is asked by the daemons' threads in whatever order. */
  private final Random lengths = new Random(28);

  private final FakeFiles files = new FakeFiles();
  private volatile Instant now = BEGIN;
  private final FakeRuns runs = new FakeRuns(() -> now, fire -> script());
  private final Map<String, Boolean> alive = new ConcurrentHashMap<>();
  private final AtomicInteger untilKill = new AtomicInteger(Integer.MAX_VALUE);
  private int kills;
  private int daemons;

  abstract LedgerPlace place();

  /** How many daemons look at once. */
  abstract int daemonsAtOnce();

  private FakeRuns.Script script() {
    return FakeRuns.Script.succeeds(Duration.ofMinutes(1 + lengths.nextInt(20)));
  }

  /** A daemon and its connection, until it is killed. */
  private final class Running {
    private final String id = "daemon-" + ++daemons;
    private final Ledger ledger = Ledger.open(place());
    private final ScheduleTables tables =
        KilledLedger.tables(ledger, () -> untilKill.decrementAndGet() == 0);
    private final Scheduler scheduler =
        new Scheduler(
            new LedgerDaemon(id, "host", daemons, "", now),
            other -> alive.containsKey(other.id()),
            files,
            runs,
            (alert, message) -> {},
            Runnable::run,
            100,
            new Virtual());

    Running() {
      alive.put(id, true);
    }

    /** Looks once; false if it was killed. */
    boolean look() {
      try {
        Scheduler.Look unused = scheduler.look(tables);
        return true;
      } catch (Killed e) {
        alive.remove(id);
        ledger.close();
        return false;
      }
    }
  }

  /** The test's clock. */
  private final class Virtual extends Clock {
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
  }

  @Test
  void losesNoFireAndDoublesNone() throws Exception {
    Map<String, JsonNode> oracle = chosen();
    assertThat(oracle).hasSize(20);
    try (Ledger ledger = Ledger.open(place())) {
      oracle.forEach((name, year) -> add(ledger.schedules(), name, year));
    }
    live();
    try (Ledger ledger = Ledger.open(place())) {
      oracle.forEach((name, year) -> check(ledger.schedules(), name, year));
    }
    assertThat(kills).isEqualTo(KILLS);
    assertThat(runs.starts().values()).containsOnly(1);
  }

  private static Map<String, JsonNode> chosen() {
    Map<String, List<JsonNode>> byZone = new TreeMap<>();
    FireOracleTest.years()
        .filter(year -> year.path("count").asInt() <= MAX_FIRES && year.path("count").asInt() > 0)
        .sorted(Comparator.comparingInt(year -> -year.path("count").asInt()))
        .forEach(
            year ->
                byZone
                    .computeIfAbsent(year.path("zone").asText(), z -> new ArrayList<>())
                    .add(year));
    Map<String, JsonNode> chosen = new TreeMap<>();
    byZone
        .values()
        .forEach(
            years ->
                years.stream()
                    .limit(EACH_ZONE)
                    .forEach(year -> chosen.put("s%02d".formatted(chosen.size()), year)));
    return chosen;
  }

  private void add(ScheduleTables tables, String name, JsonNode year) {
    JsonNode given = year.path("schedule");
    Schedule schedule =
        new Schedule(
            given.path("cron").textValue(),
            given.path("every").textValue(),
            null,
            year.path("zone").asText(),
            given.path("start").textValue(),
            given.path("end").textValue(),
            Schedule.CatchUp.ALL,
            1000,
            Schedule.Overlap.QUEUE,
            "3m",
            null,
            0,
            Map.of());
    files.put(name, schedule, BEGIN);
    boolean unused =
        tables.add(
            new LedgerSchedule(
                name, FakeFiles.path(name), TimesText.of(schedule), false, BEGIN, null, null, 0));
  }

  private void live() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(daemonsAtOnce());
    List<Running> running = new ArrayList<>();
    Instant truth = BEGIN;
    Duration ahead = Duration.ZERO;
    Duration untilEnd = Duration.between(BEGIN, END);
    while (truth.isBefore(END.plus(Duration.ofDays(1)))) {
      boolean done = !truth.isBefore(END);
      truth = truth.plus(Duration.ofMinutes(5 + random.nextInt(60)));
      // No jump in the last day, in which what is still open comes to its end.
      if (random.nextInt(200) == 0 && !done) {
        Instant jumped = truth.plus(Duration.ofHours(random.nextInt(30)));
        truth = jumped.isBefore(END) ? jumped : END;
      }
      if (random.nextInt(50) == 0) {
        ahead = Duration.ofMinutes(random.nextInt(240) - 120L);
      }
      // The clock that daemons see; right again in the end.
      now = done ? truth : truth.plus(ahead).isAfter(END) ? truth : truth.plus(ahead);
      if (random.nextInt(40) == 0) {
        runs.killAll();
      }
      double part = (double) Duration.between(BEGIN, truth).toMinutes() / untilEnd.toMinutes();
      if (kills < Math.min(KILLS, part * KILLS * 1.2) && untilKill.get() > 10_000) {
        untilKill.set(1 + random.nextInt(150));
      }
      while (running.size() < daemonsAtOnce()) {
        running.add(new Running());
      }
      List<Future<Boolean>> looks = new ArrayList<>();
      CountDownLatch together = new CountDownLatch(daemonsAtOnce());
      for (Running daemon : running) {
        looks.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return daemon.look();
                }));
      }
      List<Running> left = new ArrayList<>();
      for (int i = 0; i < looks.size(); i++) {
        if (looks.get(i).get()) {
          left.add(running.get(i));
        } else {
          kills++;
          untilKill.set(Integer.MAX_VALUE);
        }
      }
      running = left;
    }
    running.forEach(daemon -> daemon.ledger.close());
    threads.shutdown();
  }

  private static void check(ScheduleTables tables, String name, JsonNode year) {
    List<LedgerFire> fires = tables.fires(name, BEGIN.plusNanos(1), END);
    assertThat(FireOracleTest.hash(fires.stream().map(LedgerFire::due).toList()))
        .as("%s: %s", name, year.path("schedule"))
        .isEqualTo(year.path("sha256").asText());
    assertThat(fires).hasSize(year.path("count").asInt());
    assertThat(fires).filteredOn(fire -> fire.state() != LedgerFire.State.SUCCEEDED).isEmpty();
  }
}

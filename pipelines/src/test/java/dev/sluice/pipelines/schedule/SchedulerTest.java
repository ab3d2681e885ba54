package dev.sluice.pipelines.schedule;

import static dev.sluice.pipelines.file.Schedule.CatchUp.ALL;
import static dev.sluice.pipelines.file.Schedule.CatchUp.LATEST;
import static dev.sluice.pipelines.file.Schedule.Overlap.CANCEL_PREVIOUS;
import static dev.sluice.pipelines.file.Schedule.Overlap.QUEUE;
import static dev.sluice.pipelines.file.Schedule.Overlap.SKIP;
import static dev.sluice.pipelines.schedule.VirtualDaemon.cron;
import static dev.sluice.pipelines.schedule.VirtualDaemon.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECONDS = Duration.ofSeconds(10);

  private final VirtualDaemon daemon;

  SchedulerTest(@TempDir Path workspace) {
    daemon = new VirtualDaemon(workspace);
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void startsARunForEachFireWithItsParameters() {
    daemon.add("nightly", cron("*/5 * * * *", QUEUE, LATEST));
    daemon.live(Duration.ofMinutes(12), SECONDS);
    assertThat(daemon.fires("nightly")).containsExactly("5 succeeded", "10 succeeded");
    assertThat(daemon.runs.asked)
        .containsExactly(
            "start nightly 2027-03-01T00:05:00Z", "start nightly 2027-03-01T00:10:00Z");
    assertThat(daemon.runs.params).isEqualTo(Map.of("day", "2027-03-01"));
  }

  @Test
  void aRunLongerThanItsPeriodHasTheNextWait() {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(8));
    daemon.add("long", cron("*/5 * * * *", QUEUE, LATEST));
    daemon.live(Duration.ofMinutes(22), MINUTE);
    assertThat(daemon.fires("long"))
        .containsExactly("5 succeeded", "10 succeeded", "15 running", "20 waiting");
  }

  @Test
  void aRunLongerThanItsPeriodHasTheNextSkipped() {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(8));
    daemon.add("long", cron("*/5 * * * *", SKIP, LATEST));
    daemon.live(Duration.ofMinutes(24), MINUTE);
    assertThat(daemon.fires("long"))
        .containsExactly("5 succeeded", "10 skipped", "15 succeeded", "20 skipped");
  }

  @Test
  void aRunLongerThanItsPeriodGivesWay() {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(8));
    daemon.add("long", cron("*/5 * * * *", CANCEL_PREVIOUS, LATEST));
    daemon.live(Duration.ofMinutes(17), SECONDS);
    assertThat(daemon.fires("long")).containsExactly("5 cancelled", "10 cancelled", "15 running");
    assertThat(daemon.runs.asked)
        .containsExactly(
            "start long 2027-03-01T00:05:00Z",
            "stop long 2027-03-01T00:05:00Z",
            "start long 2027-03-01T00:10:00Z",
            "stop long 2027-03-01T00:10:00Z",
            "start long 2027-03-01T00:15:00Z");
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0", "LATEST, 1", "ALL, 30"})
  void makesUpForThirtyMissedFires(Schedule.CatchUp catchUp, int run) {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofSeconds(20));
    daemon.add("hourly", cron("0 * * * *", QUEUE, catchUp));
    daemon.look();
    daemon.kill();
    daemon.sleep(Duration.ofMinutes(30 * 60 + 30));
    daemon.live(Duration.ofMinutes(25), SECONDS);
    List<String> fires = daemon.fires("hourly");
    assertThat(fires).hasSize(30);
    assertThat(fires.subList(0, 30 - run)).allMatch(fire -> fire.endsWith(" missed"));
    assertThat(fires.subList(30 - run, 30)).allMatch(fire -> fire.endsWith(" succeeded"));
    assertThat(daemon.runs.starts()).hasSize(run);
  }

  @Test
  void aPauseEndsByTheRuleForMissedFires() {
    daemon.add("daily", cron("0 1 * * *", QUEUE, LATEST));
    LedgerSchedule row = daemon.tables().schedule("daily").orElseThrow();
    assertThat(daemon.tables().change(row, row.paused(true), List.of())).isTrue();
    daemon.live(Duration.ofHours(50), Duration.ofMinutes(10));
    assertThat(daemon.fires("daily")).isEmpty();
    LedgerSchedule paused = daemon.tables().schedule("daily").orElseThrow();
    assertThat(daemon.tables().change(paused, paused.paused(false), List.of())).isTrue();
    daemon.live(MINUTE.multipliedBy(5), MINUTE);
    assertThat(daemon.fires("daily")).containsExactly("60 missed", "1500 missed", "2940 succeeded");
  }

  @Test
  void anEditedLineMakesNoPastFires() {
    daemon.add("edited", cron("0 6 * * *", QUEUE, ALL));
    daemon.live(Duration.ofHours(8), Duration.ofMinutes(10));
    daemon.files.put("edited", cron("0 7 * * *", QUEUE, ALL), daemon.instant());
    daemon.live(Duration.ofHours(24), Duration.ofMinutes(10));
    assertThat(daemon.fires("edited")).containsExactly("360 succeeded", "1860 succeeded");
  }

  @Test
  void whatWasDueBeforeAnEditThatNobodySawStaysDue() {
    daemon.add("edited", cron("0 * * * *", QUEUE, ALL));
    daemon.look();
    daemon.kill();
    daemon.sleep(Duration.ofMinutes(150));
    daemon.files.put("edited", cron("30 * * * *", QUEUE, ALL), daemon.instant());
    daemon.sleep(Duration.ofHours(2));
    daemon.live(Duration.ofMinutes(10), MINUTE);
    assertThat(daemon.fires("edited")).containsExactly("60 succeeded", "120 succeeded");
    daemon.live(Duration.ofHours(1), MINUTE);
    assertThat(daemon.fires("edited"))
        .containsExactly("60 succeeded", "120 succeeded", "330 succeeded");
  }

  @Test
  void aFileThatBrokeFailsItsFiresAndTheScheduleGoesOn() {
    daemon.add("broken", cron("*/10 * * * *", QUEUE, LATEST));
    daemon.live(Duration.ofMinutes(12), MINUTE);
    daemon.files.breakFile("broken", "broken.yaml:3:1: unknown key 'pipelin'", daemon.instant());
    daemon.live(Duration.ofMinutes(10), MINUTE);
    daemon.files.put("broken", cron("*/10 * * * *", QUEUE, LATEST), daemon.instant());
    daemon.live(Duration.ofMinutes(10), MINUTE);
    assertThat(daemon.fires("broken")).containsExactly("10 succeeded", "20 failed", "30 succeeded");
    assertThat(daemon.tables().fire("broken", VirtualDaemon.BEGIN.plus(MINUTE.multipliedBy(20))))
        .map(LedgerFire::reason)
        .contains("broken.yaml:3:1: unknown key 'pipelin'");
    assertThat(daemon.tables().schedule("broken")).map(LedgerSchedule::problem).isEmpty();
  }

  @Test
  void aFailedRunIsTriedAgain() {
    daemon.script =
        fire ->
            new FakeRuns.Script(
                SECONDS, fire.attempt() < 3 ? Runs.State.FAILED : Runs.State.SUCCEEDED);
    daemon.add("retried", schedule("0 1 * * *", QUEUE, LATEST, null, 2));
    daemon.live(Duration.ofMinutes(70), SECONDS);
    assertThat(daemon.fires("retried")).containsExactly("60 succeeded");
    assertThat(daemon.runs.starts()).containsEntry("retried 2027-03-01T01:00:00Z", 3);
    daemon.script = fire -> new FakeRuns.Script(SECONDS, Runs.State.FAILED);
    daemon.live(Duration.ofHours(24), MINUTE);
    assertThat(daemon.fires("retried")).containsExactly("60 succeeded", "1500 failed");
    assertThat(daemon.runs.starts()).containsEntry("retried 2027-03-02T01:00:00Z", 3);
  }

  @Test
  void aRunWhoseProcessIsGoneIsGoneOnWith() {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(30));
    daemon.add("killed", cron("0 1 * * *", QUEUE, LATEST));
    daemon.live(Duration.ofMinutes(70), MINUTE);
    daemon.kill();
    daemon.runs.killAll();
    daemon.live(Duration.ofMinutes(40), MINUTE);
    assertThat(daemon.fires("killed")).containsExactly("60 succeeded");
    assertThat(daemon.runs.asked)
        .containsExactly("start killed 2027-03-01T01:00:00Z", "resume killed 2027-03-01T01:00:00Z");
  }

  @Test
  void aRunThatAlwaysDiesIsGivenUp() {
    daemon.script = fire -> new FakeRuns.Script(SECONDS, Runs.State.INTERRUPTED);
    daemon.add("dying", cron("0 1 * * *", QUEUE, LATEST));
    daemon.live(Duration.ofMinutes(70), SECONDS);
    assertThat(daemon.fires("dying")).containsExactly("60 failed");
    assertThat(Collections.frequency(daemon.runs.asked, "resume dying 2027-03-01T01:00:00Z"))
        .isEqualTo(RunMonitor.MAX_RESUMES);
  }

  @Test
  void aRunThatTakesTooLongIsStopped() {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofHours(5));
    daemon.add("slow", schedule("0 1 * * *", QUEUE, LATEST, "1h", 3));
    daemon.live(Duration.ofMinutes(130), MINUTE);
    assertThat(daemon.fires("slow")).containsExactly("60 failed");
    assertThat(daemon.runs.asked)
        .containsExactly("start slow 2027-03-01T01:00:00Z", "stop slow 2027-03-01T01:00:00Z");
  }

  @Test
  void noMoreRunsAtOnceThanAllowed() {
    daemon.mostRuns = 2;
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(10));
    for (int i = 0; i < 5; i++) {
      daemon.add("s" + i, cron("0 1 * * *", QUEUE, LATEST));
    }
    daemon.live(Duration.ofMinutes(65), MINUTE);
    assertThat(daemon.runs.asked)
        .containsExactly("start s0 2027-03-01T01:00:00Z", "start s1 2027-03-01T01:00:00Z");
    daemon.live(Duration.ofMinutes(30), MINUTE);
    assertThat(daemon.runs.starts()).hasSize(5);
  }

  @Test
  void newDataFiresOnceItStaysTheSame() {
    daemon.add(
        "fed",
        new Schedule(
            null,
            null,
            "data/*.jsonl",
            "UTC",
            null,
            null,
            LATEST,
            100,
            QUEUE,
            null,
            null,
            0,
            Map.of()));
    daemon.live(MINUTE, SECONDS);
    assertThat(daemon.fires("fed")).isEmpty();
    daemon.files.newData("growing");
    daemon.live(SECONDS, SECONDS.multipliedBy(2));
    daemon.files.newData("grown");
    daemon.live(Duration.ofMinutes(5), SECONDS);
    daemon.kill();
    daemon.live(Duration.ofMinutes(5), SECONDS);
    assertThat(daemon.fires("fed")).hasSize(1).allMatch(fire -> fire.endsWith("succeeded"));
  }

  /** Asks for the days before the beginning, two at a time. */
  private Backfill backfill(String name, int days) {
    ScheduledFile file = daemon.files.look(FakeFiles.path(name)).file();
    return Backfill.of(
        daemon.tables(),
        Objects.requireNonNull(file),
        VirtualDaemon.BEGIN.minus(Duration.ofDays(days)),
        VirtualDaemon.BEGIN,
        Backfill.Again.NONE,
        2,
        false);
  }

  @Test
  void aBackfillGoesOnAfterAKill() {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(10));
    Schedule daily = cron("0 2 * * *", QUEUE, LATEST);
    daemon.add("daily", daily);
    Backfill asked = backfill("daily", 10);
    assertThat(asked.fires()).hasSize(10);
    daemon.live(Duration.ofMinutes(25), MINUTE);
    assertThat(daemon.runs.starts()).hasSize(6);
    daemon.kill();
    daemon.runs.killAll();
    daemon.live(Duration.ofHours(1), MINUTE);
    assertThat(daemon.runs.starts().values()).hasSize(10).containsOnly(1);
    assertThat(
            daemon
                .tables()
                .fires(
                    "daily", VirtualDaemon.BEGIN.minus(Duration.ofDays(11)), VirtualDaemon.BEGIN))
        .extracting(LedgerFire::state)
        .hasSize(10)
        .containsOnly(LedgerFire.State.SUCCEEDED);
    Backfill again = backfill("daily", 10);
    assertThat(again.fires()).isEmpty();
    assertThat(again.leftOut()).hasSize(10);
  }

  @Test
  void aBackfilledTimeThatFailedWaitsBeforeItIsTriedAgain() {
    daemon.script = fire -> new FakeRuns.Script(SECONDS, Runs.State.FAILED);
    daemon.add("daily", schedule("0 2 * * *", QUEUE, LATEST, null, 3));
    Backfill asked = backfill("daily", 1);
    assertThat(asked.fires()).hasSize(1);
    // Ten seconds of work, a pause of thirty, then of sixty.
    daemon.live(Duration.ofSeconds(35), Duration.ofSeconds(5));
    assertThat(daemon.runs.starts()).containsEntry("daily 2027-02-28T02:00:00Z", 1);
    daemon.live(Duration.ofSeconds(60), Duration.ofSeconds(5));
    assertThat(daemon.runs.starts()).containsEntry("daily 2027-02-28T02:00:00Z", 2);
    daemon.live(Duration.ofSeconds(30), Duration.ofSeconds(5));
    assertThat(daemon.runs.starts()).containsEntry("daily 2027-02-28T02:00:00Z", 3);
  }

  @Test
  void aRemovedScheduleCancelsWhatWaits() {
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(8));
    daemon.add("gone", cron("*/5 * * * *", QUEUE, LATEST));
    daemon.live(Duration.ofMinutes(11), MINUTE);
    daemon.tables().remove("gone");
    daemon.live(Duration.ofMinutes(11), MINUTE);
    assertThat(daemon.fires("gone")).containsExactly("5 succeeded", "10 cancelled");
    assertThat(daemon.tables().schedules()).isEmpty();
  }
}

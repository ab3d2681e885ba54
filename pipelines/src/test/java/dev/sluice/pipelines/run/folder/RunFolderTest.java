package dev.sluice.pipelines.run.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.driver.BudgetLedger;
import dev.sluice.pipelines.run.driver.DirectEngine;
import dev.sluice.pipelines.run.driver.FinishedUnits;
import dev.sluice.pipelines.run.driver.NoModels;
import dev.sluice.pipelines.run.driver.RunContext;
import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.driver.StageProgress;
import dev.sluice.pipelines.run.driver.ToyChain;
import dev.sluice.pipelines.run.driver.ToyRounds;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.LateWorkspace;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("flink")
final class RunFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final Path workspace;

  RunFolderTest(@TempDir Path workspace) {
    this.workspace = workspace;
  }

  private RunFolder folder(Instant time) {
    WorkspaceClock clock =
        WorkspaceClock.of(Workspace.of(workspace), Clock.fixed(time, ZoneOffset.UTC));
    return RunFolder.create(
        Workspace.of(workspace),
        RunIds.next(clock),
        "name: toy\n",
        RunFiles.object(),
        new Invocation(
            "toy.yaml",
            List.of("seed=8"),
            Map.of("data", "x"),
            "b",
            null,
            new Rerun(
                Set.of("b"),
                "2026-11-24T10:00:00Z",
                Rerun.Extent.ALL,
                new Rerun.Rows("b", "votes > 3 and text ~ 'a'"))),
        clock);
  }

  /** The second machine has no copies; the log holds what both wrote. */
  @Test
  void resumedOnAnotherMachineTheLogGoesOn(@TempDir Path caches) throws IOException {
    String address = "late://bucket/" + UUID.randomUUID();
    Workspace first = LateWorkspace.of(address, caches.resolve("first"));
    WorkspaceClock clock = WorkspaceClock.of(first, Clock.fixed(NOW, ZoneOffset.UTC));
    Invocation invocation = new Invocation("toy.yaml", List.of(), Map.of(), null, null, Rerun.NONE);
    RunFolder created =
        RunFolder.create(
            first, RunIds.next(clock), "name: toy\n", RunFiles.object(), invocation, clock);
    Files.writeString(created.log(), "one\n");
    created.status(RunState.RUNNING, "toy.yaml", NOW);
    Workspace second = LateWorkspace.of(address, caches.resolve("second"));
    RunFolder resumed = RunFolder.of(second, created.id()).reopen(invocation, "name: toy\n", clock);
    assertThat(resumed.log()).startsWithRaw(caches.resolve("second")).hasContent("one\n");
    Files.writeString(resumed.log(), "two\n", StandardOpenOption.APPEND);
    resumed.status(RunState.RUNNING, "toy.yaml", NOW);
    RunFolder back = RunFolder.of(first, created.id()).reopen(invocation, "name: toy\n", clock);
    assertThat(back.log()).hasContent("one\ntwo\n");
  }

  @Test
  void remembersWhatItWasStartedWith() {
    RunFolder folder = RunFolder.of(Workspace.of(workspace), folder(NOW).id());
    assertThat(folder.submitted()).isEqualTo("name: toy\n");
    assertThat(folder.invocation())
        .isEqualTo(
            new Invocation(
                "toy.yaml",
                List.of("seed=8"),
                Map.of("data", "x"),
                "b",
                null,
                new Rerun(
                    Set.of("b"),
                    "2026-11-24T10:00:00Z",
                    Rerun.Extent.ALL,
                    new Rerun.Rows("b", "votes > 3 and text ~ 'a'"))));
  }

  @Test
  void hasIdsThatSortByTime() {
    RunFolder first = folder(NOW);
    RunFolder soon = folder(NOW.plusMillis(1));
    RunFolder second = folder(NOW.plusSeconds(1));
    assertThat(first.id()).matches("20261124-100000-[0-9a-f]{9}");
    assertThat(RunFolder.all(Workspace.of(workspace)))
        .extracting(RunFolder::id)
        .isEqualTo(List.of(first.id(), soon.id(), second.id()));
    assertThat(RunFolder.find(Workspace.of(workspace), "20261124-100001-"))
        .extracting(RunFolder::id)
        .isEqualTo(second.id());
    assertThat(RunFolder.find(Workspace.of(workspace), "20261124")).isNull();
  }

  @Test
  void tellsARunThatLivesFromOneWhoseProcessIsGone() {
    RunFolder folder = folder(NOW);
    folder.status(RunState.RUNNING, "toy.yaml", NOW);
    assertThat(folder.state()).isEqualTo(RunState.RUNNING);

    ObjectNode status = (ObjectNode) folder.status();
    status.put("pid", Long.MAX_VALUE);
    RunFiles.write(folder.path().resolve("status.json"), status);
    assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
  }

  @Test
  void callsARunWithoutAHeartbeatInterrupted() {
    RunFolder folder = folder(NOW);
    folder.status(RunState.RUNNING, "toy.yaml", NOW);
    ObjectNode status = (ObjectNode) folder.status();
    status.put("heartbeat", NOW.minus(RunFolder.STALE).toString());
    RunFiles.write(folder.path().resolve("status.json"), status);
    assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
  }

  @Test
  void tellsHowFarAKilledRunWas() {
    RunFolder folder = folder(NOW);
    StageReport done = StageReport.pending("make", "Make").in(StageReport.State.RAN);
    StageReport half =
        StageReport.pending("measure", "Measure")
            .in(StageReport.State.RUNNING)
            .with(new Counts(10, 10, 9, 1, 0), 3, 1, new Usage(9, 0, 90, 900, 0));
    StageReport next = StageReport.pending("look", "Look");
    folder.report(
        new RunReport(
            folder.id(), RunState.RUNNING, true, 5, List.of(done, half, next), List.of()));
    folder.status(RunState.RUNNING, "toy.yaml", NOW);
    assertThat(stages(folder)).containsExactly(done, half, next);

    folder.status(RunState.INTERRUPTED, "toy.yaml", NOW);
    assertThat(stages(folder))
        .containsExactly(
            done, half.in(StageReport.State.NOT_RUN), next.in(StageReport.State.NOT_RUN));
  }

  /** Older reports have no hash, so an unknown word reaches the reader. */
  @Test
  void reportWithAWordThatIsNoState_tellsNothingOfTheStage() throws IOException {
    RunFolder folder = folder(NOW);
    for (String word : List.of("", "RAN ", "done", "null", "fin\u0131shed")) {
      Files.writeString(
          folder.path().resolve("report.json").local(),
          "{\"state\":\"finished\",\"stages\":[{\"name\":\"a\",\"state\":\"%s\"}]}"
              .formatted(word));
      assertThat(stages(folder))
          .extracting(StageReport::state)
          .containsExactly(StageReport.State.NOT_RUN);
      assertThat(RunCheck.of(folder)).isNotNull();
    }
  }

  private static List<StageReport> stages(RunFolder folder) {
    RunReport report = folder.report();
    return report == null ? List.of() : report.stages();
  }

  @Test
  void countsTheWaveInFlight() {
    StageReport running =
        StageReport.pending("votes", "VerifySolutions").in(StageReport.State.RUNNING);
    StageProgress stageProgress = new StageProgress();
    assertThat(stageProgress.of(running)).isEqualTo(running);

    ArtifactStore store = ArtifactStore.open(workspace);
    ReadyStage task = ToyRounds.of(1).plan().stages().get(0).ready(Map.of());
    RunFolder folder = ToyChain.folder(store);
    RunContext run =
        new RunContext(
            folder,
            store,
            DirectEngine::new,
            new NoModels(),
            RunListener.NONE,
            1,
            new HashSet<>(),
            stageProgress,
            BudgetLedger.of(null, true),
            new HashSet<>());
    stageProgress.stage(new FinishedUnits(task, run));
    WaveProgress wave =
        new WaveProgress(
            "votes",
            "",
            9,
            2,
            5,
            100,
            300,
            new Usage(7, 0, 70, 700, 0),
            Duration.ZERO,
            null,
            Duration.ZERO,
            List.of(),
            List.of());
    stageProgress.wave(wave, false);
    assertThat(stageProgress.of(running))
        .isEqualTo(running.with(new Counts(0, 100, 100, 0, 0), 3, 0, new Usage(7, 0, 70, 700, 0)));
    stageProgress.wave(wave, true);
    assertThat(stageProgress.of(running).counts()).isEqualTo(Counts.NONE);
    stageProgress.wave(null, true);
    assertThat(stageProgress.of(running)).isEqualTo(running);
  }

  @Test
  void callsAnEndedRunWhatItIs() {
    RunFolder folder = folder(NOW);
    folder.status(RunState.FAILED, "toy.yaml", NOW);
    assertThat(folder.state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void takesASpoiltStatusForTheEnd() throws IOException {
    RunFolder folder = folder(NOW);
    folder.status(RunState.RUNNING, "toy.yaml", NOW);
    Path file = folder.path().resolve("status.json").local();
    String whole = Files.readString(file);
    for (String spoilt :
        List.of(
            whole.replace("running", "runnin\u00e9"),
            whole.replace("2026-11", "2o26-11"),
            whole.replace('{', '['))) {
      Files.writeString(file, spoilt);
      assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
      Files.write(file, spoilt.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
    }
  }

  @Test
  void takesAHalfWrittenStatusForNone() throws IOException {
    RunFolder folder = folder(NOW);
    Files.writeString(folder.path().resolve("status.json").local(), "{\"state\": \"runn");
    assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
  }
}

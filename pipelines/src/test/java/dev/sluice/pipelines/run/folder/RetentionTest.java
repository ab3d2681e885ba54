package dev.sluice.pipelines.run.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.driver.DirectEngine;
import dev.sluice.pipelines.run.driver.NoModels;
import dev.sluice.pipelines.run.driver.PipelineRun;
import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.driver.ToyChain;
import dev.sluice.pipelines.run.driver.ToyChain.Measure;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Leases;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("flink")
final class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Measure SOUND = new Measure("", "", 0, "");

  private Path workspace;
  private ArtifactStore store;

  @BeforeEach
  void openStore(@TempDir Path folder) {
    workspace = folder;
    store = ArtifactStore.open(workspace);
    Measure.WORKED.set(0);
  }

  private static Retention.Facts facts(String id, String what, int daysAgo) {
    return new Retention.Facts(
        id,
        what.equals("goes on"),
        what.equals("succeeded"),
        NOW.minus(Duration.ofDays(daysAgo)),
        "file");
  }

  @Test
  void letsGoWhatEveryRuleLetsGo() {
    List<Retention.Facts> runs =
        List.of(
            facts("a", "succeeded", 40),
            facts("b", "goes on", 35),
            facts("c", "interrupted", 31),
            facts("d", "succeeded", 30),
            facts("e", "interrupted", 20),
            facts("f", "interrupted", 1));
    assertThat(dropped(null, null, runs)).isEmpty();
    // c was done by d; e and f can be resumed.
    assertThat(dropped(1, null, runs)).containsExactly("a", "c", "d");
    assertThat(dropped(6, null, runs)).isEmpty();
    assertThat(dropped(0, null, runs)).containsExactly("a", "c", "d");
    assertThat(dropped(null, 30, runs)).containsExactly("a", "c");
    assertThat(dropped(null, 10, runs)).containsExactly("a", "c", "d", "e");
    assertThat(dropped(4, 10, runs)).containsExactly("a");
  }

  private static List<String> dropped(
      @Nullable Integer newest, @Nullable Integer days, List<Retention.Facts> runs) {
    return new Retention(newest, days == null ? null : Duration.ofDays(days)).dropped(runs, NOW);
  }

  private RunReport run(Measure measure, long seed) {
    store.prepare();
    WorkspaceClock clock = WorkspaceClock.of(Workspace.of(workspace), Clock.systemUTC());
    return PipelineRun.run(
            ToyChain.plan(measure, ToyChain.measures(), seed),
            "toy.yaml",
            RunFolder.create(
                Workspace.of(workspace),
                RunIds.next(clock),
                "name: toy\n",
                RunFiles.object().put("seed", seed),
                new Invocation("toy.yaml", List.of(), Map.of(), null, null, Rerun.NONE),
                clock),
            store,
            DirectEngine::new,
            new NoModels(),
            RunListener.NONE,
            1)
        .report();
  }

  private Retention.Choice collect(Retention rules) {
    GarbageCollector collector = store.garbageCollector();
    Retention.Choice choice = rules.choose(store, Clock.systemUTC());
    assertThat(collector.remove(collector.find(choice.scope()))).isTrue();
    return choice;
  }

  @Test
  void whatAnInterruptedRunFinishedIsThereWhenItIsResumed() {
    RunReport failed = run(new Measure("00003", "", 0, ""), 7);
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    int finished = Measure.WORKED.get();
    RunReport other = run(SOUND, 8);

    assertThat(collect(new Retention(1, null)).kept()).isEqualTo(2);

    Measure.WORKED.set(0);
    RunReport resumed = run(SOUND, 7);
    assertThat(resumed.stages().get(0).state()).isEqualTo(StageReport.State.REUSED);
    assertThat(Measure.WORKED.get()).isEqualTo(ToyChain.SHARDS - finished);
    assertThat(other.state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void whatNoRunReachesGoesAndTheRestIsReused() {
    RunReport first = run(SOUND, 7);
    RunReport second = run(SOUND, 8);
    assertThat(collect(new Retention(null, null)).scope().removedRuns()).isEmpty();
    assertThat(store.all()).hasSize(4);

    assertThat(collect(new Retention(1, null)).scope().removedRuns())
        .containsExactly(first.runId());

    assertThat(RunFolder.all(Workspace.of(workspace)))
        .extracting(RunFolder::id)
        .containsExactly(second.runId());
    assertThat(store.all())
        .extracting(Artifact::folder)
        .map(WorkspacePath::toString)
        .containsExactlyInAnyOrderElementsOf(
            second.stages().stream().map(stage -> String.valueOf(stage.artifact())).toList());
    assertThat(store.all()).allSatisfy(each -> assertThat(store.verify(each)).isEmpty());
    Measure.WORKED.set(0);
    run(SOUND, 8);
    assertThat(Measure.WORKED).hasValue(0);
  }

  @Test
  void aLeaseShowsThatARunGoesOnWhoseProcessIsGone() {
    RunReport first = run(SOUND, 7);
    run(SOUND, 8);
    try (Leases.Taken taken = store.leases().take("0123", first.runId()).orElseThrow()) {
      assertThat(taken).isNotNull();
      Retention.Choice choice = collect(new Retention(1, null));
      assertThat(choice.goOn()).containsExactly(first.runId());
      assertThat(choice.scope().goesOnSince()).isPresent();
    }
    assertThat(RunFolder.all(Workspace.of(workspace))).hasSize(2);
    assertThat(store.all()).hasSize(4);
  }
}

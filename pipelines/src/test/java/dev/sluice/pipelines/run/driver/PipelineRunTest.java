package dev.sluice.pipelines.run.driver;

import static dev.sluice.pipelines.run.driver.ToyChain.ROWS;
import static dev.sluice.pipelines.run.driver.ToyChain.SHARDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.run.driver.ToyChain.Measure;
import dev.sluice.pipelines.run.folder.ClusterJob;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.folder.UnitFailure;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Wiring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("flink")
final class PipelineRunTest {
  private static final Measure SOUND = new Measure("", "", 0, "");

  private final DirectEngine engine = new DirectEngine();
  private Path workspace;
  private ArtifactStore store;

  @BeforeEach
  void openStore(@TempDir Path folder) {
    workspace = folder;
    store = ArtifactStore.open(workspace);
    Measure.WORKED.set(0);
  }

  private RunReport run(Measure measure, Wiring wiring, int parallelism) {
    return run(ToyChain.folder(store), ToyChain.plan(measure, wiring, 7), parallelism);
  }

  private RunReport run(RunFolder folder, Plan plan, int parallelism) {
    return PipelineRun.run(
            plan,
            "toy.yaml",
            folder,
            store,
            () -> engine,
            new NoModels(),
            RunListener.NONE,
            parallelism)
        .report();
  }

  private List<Metric> rows(RunReport report) {
    List<Metric> rows = new ArrayList<>();
    for (ShardFile shard : ToyChain.manifest(store, report, 1).shards("metrics")) {
      rows.addAll(store.read(shard, Tables.METRICS, Set.of()));
    }
    return rows;
  }

  @Test
  void givesTheSameAtEveryParallelism(@TempDir Path other, @TempDir Path third) {
    RunReport one = run(SOUND, ToyChain.measures(), 1);
    String digest = ToyChain.manifest(store, one, 1).digest();
    List<String> order = rows(one).stream().map(Metric::name).toList();
    assertThat(order).hasSize(SHARDS * ROWS).doesNotHaveDuplicates();

    for (Path each : List.of(other, third)) {
      store = ArtifactStore.open(each);
      RunReport report = run(SOUND, ToyChain.measures(), each.equals(other) ? 2 : 4);
      assertThat(ToyChain.manifest(store, report, 1).digest()).isEqualTo(digest);
      assertThat(rows(report)).extracting(Metric::name).isEqualTo(order);
    }
  }

  @Test
  void reportsWhatEachStageDid() {
    RunReport report = run(SOUND, ToyChain.measures(), 2);

    assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(report.stages()).extracting(StageReport::state).containsOnly(StageReport.State.RAN);
    StageReport measured = report.stages().get(1);
    assertThat(measured.counts()).isEqualTo(new Counts(30, 30, 30, 0, 0));
    assertThat(measured.shards()).isEqualTo(SHARDS);
    assertThat(measured.shardsReused()).isZero();
    assertThat(Path.of(String.valueOf(measured.artifact()))).isAbsolute().isDirectory();
    assertThat(report.metrics())
        .containsExactly(
            new RunReport.StageMetric("measure", Metric.of("Measure", 0, 0, "seen", 1)));
  }

  @Test
  void reusesWhatIsThereWithoutAJob() {
    run(SOUND, ToyChain.measures(), 2);
    int before = engine.jobs();

    RunReport again = run(SOUND, ToyChain.measures(), 2);

    assertThat(engine.jobs()).isEqualTo(before);
    assertThat(again.stages())
        .extracting(StageReport::state)
        .containsOnly(StageReport.State.REUSED);
    assertThat(again.stages().get(1).shardsReused()).isEqualTo(SHARDS);
    assertThat(again.metrics()).hasSize(1);
  }

  @Test
  void failsWithASentenceAndKeepsWhatIsFinished() {
    RunReport failed = run(new Measure("00003", "", 0, ""), ToyChain.measures(), 1);

    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.stages().get(1).state()).isEqualTo(StageReport.State.FAILED);
    assertThat(failed.stages().get(1).error())
        .isEqualTo("Stage 'measure' failed at its unit '00003': The toy unit is poisoned.");

    int finished = Measure.WORKED.get();
    RunReport resumed = run(SOUND, ToyChain.measures(), 1);
    assertThat(resumed.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(resumed.stages().get(1).shardsReused()).isEqualTo(finished);
    assertThat(Measure.WORKED.get()).isEqualTo(SHARDS);
  }

  @Test
  void namesTheUnitAtWhichTheEngineGaveUp() {
    JobRunner broken =
        new DirectEngine() {
          @Override
          public void run(
              String name, int parallelism, Consumer<Pipeline> graph, Consumer<ClusterJob> sent) {
            sent.accept(new ClusterJob("127.0.0.1:8081", "j1", name));
            throw new JobException("The toy engine gave up.");
          }
        };
    RunFolder folder = ToyChain.folder(store);
    RunReport report =
        PipelineRun.run(
                ToyChain.plan(SOUND, ToyChain.measures(), 7),
                "toy.yaml",
                folder,
                store,
                () -> broken,
                new NoModels(),
                RunListener.NONE,
                1)
            .report();

    assertThat(report.stages().get(0).error())
        .isEqualTo(
            "Stage 'make', before its unit '00000' was done: The toy engine gave up. Finished shards are kept; run the file again to continue.");
    assertThat(folder.job())
        .isEqualTo(new ClusterJob("127.0.0.1:8081", "j1", folder.id() + " make 0"));
    folder.jobEnded();
    assertThat(folder.job()).isNull();
  }

  @Test
  void saysWhatToDoWithTooLittleMemory() {
    RunFolder folder = ToyChain.folder(store);
    UnitFailure.of("00003", new OutOfMemoryError("Java heap space")).write(folder, "votes");
    assertThat(UnitFailure.read(folder, "votes").orElseThrow().sentence("votes"))
        .startsWith(
            "Stage 'votes' failed at its unit '00003': the worker ran out of memory (Java heap space). Give it more")
        .endsWith("and run the file again; finished shards stay.");
  }

  @Test
  void stopsAfterTheUnitsInFlightAndResumesToTheSameRows(@TempDir Path undisturbed) {
    RunFolder folder = ToyChain.folder(store);
    Measure stopping = new Measure("", "00002", 0, folder.path().toString());

    RunReport stopped = run(folder, ToyChain.plan(stopping, ToyChain.measures(), 7), 1);

    assertThat(stopped.state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(stopped.stages().get(1).state()).isEqualTo(StageReport.State.NOT_RUN);
    int finished = Measure.WORKED.get();
    assertThat(finished).isBetween(1, SHARDS - 1);
    assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
    StageReport half = stopped.stages().get(1);
    assertThat(half.shards()).isEqualTo(finished);
    assertThat(half.shardsReused()).isZero();
    assertThat(half.counts().out()).isEqualTo((long) finished * ROWS);
    assertThat(half.counts().expected()).isEqualTo((long) finished * ROWS);
    assertThat(half.fingerprint()).isNotNull();
    assertThat(half.artifact()).isNull();

    RunReport resumed = run(SOUND, ToyChain.measures(), 2);
    assertThat(resumed.stages().get(1).state()).isEqualTo(StageReport.State.RESUMED);
    assertThat(resumed.stages().get(1).shardsReused()).isEqualTo(finished);
    String digest = ToyChain.manifest(store, resumed, 1).digest();
    List<Metric> rows = rows(resumed);

    store = ArtifactStore.open(undisturbed);
    RunReport whole = run(SOUND, ToyChain.measures(), 2);
    assertThat(ToyChain.manifest(store, whole, 1).digest()).isEqualTo(digest);
    assertThat(rows(whole)).isEqualTo(rows);
  }

  @Test
  void failsAStageWithTooManyDeadLetters() {
    RunReport some = run(new Measure("", "", 1, ""), ToyChain.measures(), 2);
    assertThat(some.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(some.stages().get(1).counts()).isEqualTo(new Counts(30, 30, 24, 6, 0));
  }

  @Test
  void namesTheShareOfDeadLetters() {
    RunReport many = run(new Measure("", "", 2, ""), ToyChain.measures(), 2);
    assertThat(many.state()).isEqualTo(RunState.FAILED);
    assertThat(many.stages().get(1).error())
        .matches(
            Pattern.quote(
                    """
                    Stage 'measure': 12 of 30 expected rows are dead letters (40.0 %), more than error_handling.threshold allows (25.0 %). Mend the rows or what is asked about them, or raise the threshold, and run the file again; whole shards are reused. The reasons:
                      12 rows (toy): It died.
                        for example the record x:""")
                + " [0-9a-f]{24}");
  }

  @Test
  void loadsReferencesOnlyForAStageThatDeclaresIt(@TempDir Path other) {
    assertThat(rows(run(SOUND, ToyChain.measures(), 1)))
        .extracting(Metric::value)
        .containsOnly(0.0);

    store = ArtifactStore.open(other);
    assertThat(rows(run(SOUND, ToyChain.measures().evaluating(), 1)))
        .extracting(Metric::value)
        .containsOnly(1.0);
  }

  @Test
  void leavesAReportAndEvents() {
    RunFolder folder = ToyChain.folder(store);
    RunReport report = run(folder, ToyChain.plan(SOUND, ToyChain.measures(), 7), 1);

    RunReport kept = folder.report();
    assertThat(kept == null ? null : kept.toJson()).isEqualTo(report.toJson());
    assertThat(folder.path().resolve("events.jsonl").local())
        .content()
        .contains("\"event\":\"run_started\"", "\"event\":\"stage_ended\"", "\"succeeded\"");
    assertThat(RunFolder.find(Workspace.of(workspace), folder.id().substring(0, 18))).isNotNull();
    assertThat(RunFolder.all(Workspace.of(workspace))).hasSize(1);
  }
}

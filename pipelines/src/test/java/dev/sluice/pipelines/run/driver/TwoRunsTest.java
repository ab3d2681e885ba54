package dev.sluice.pipelines.run.driver;

import static dev.sluice.pipelines.run.driver.ToyChain.SHARDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.plan.CommittedStage;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.run.driver.ToyChain.Measure;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Leases;
import dev.sluice.stages.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one plan over one workspace: neither fails, and there is one set of results. */
@Tag("flink")
final class TwoRunsTest {
  private static final Measure SOUND = new Measure("", "", 0, "");
  private static final int ROUNDS = 4;

  private Path workspace;

  @BeforeEach
  void workspace(@TempDir Path folder) {
    workspace = folder;
    Measure.WORKED.set(0);
  }

  private static RunReport run(Path workspace, Plan plan, RunListener listener) {
    ArtifactStore store = ArtifactStore.open(workspace);
    return PipelineRun.run(
            plan,
            "toy.yaml",
            ToyChain.folder(store),
            store,
            DirectEngine::new,
            new NoModels(),
            listener,
            2)
        .report();
  }

  private static Plan plan() {
    List<PlannedStage> stages =
        new ArrayList<>(ToyChain.plan(SOUND, ToyChain.measures(), 7).stages());
    stages.addAll(ToyRounds.of(ROUNDS).plan().stages());
    return new Plan(stages, true);
  }

  private static List<String> digests(RunReport report) {
    assertThat(report.stages()).extracting(StageReport::error).containsOnlyNulls();
    return report.stages().stream()
        .map(stage -> ArtifactStore.artifactAt(Path.of(String.valueOf(stage.artifact()))))
        .map(Artifact::digest)
        .toList();
  }

  @Test
  void aUnitThatSomebodyIsAtIsLeftToHim() {
    Plan whole = plan();
    Plan made = new Plan(whole.stages().subList(0, 1), true);
    CommittedStage make = committed(run(workspace, made, RunListener.NONE));
    ReadyStage task = whole.stages().get(1).ready(Map.of("make", make));
    String key =
        Unit.of(
                "00002",
                "shard",
                Map.of("problems", List.of(make.manifest().shards("problems").get(2))))
            .key(task.unitPart());
    Leases.Taken taken = ArtifactStore.open(workspace).leases().take(key, "another").orElseThrow();
    List<String> warnings = new ArrayList<>();
    List<Integer> doneThen = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void warning(String stage, String message) {
            warnings.add(message);
            doneThen.add(Measure.WORKED.get());
            taken.close();
          }
        };

    RunReport report = run(workspace, whole, listener);

    assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .matches(
            "run another \\(process \\d+ on .*\\) is at work on the same; waiting for what it does, and doing the rest");
    assertThat(doneThen).containsExactly(SHARDS - 1);
    assertThat(Measure.WORKED.get()).isEqualTo(SHARDS);
    assertThat(report.stages().get(1).shardsReused()).isZero();
  }

  private static CommittedStage committed(RunReport report) {
    return new CommittedStage(
        "make",
        ArtifactStore.artifactAt(Path.of(String.valueOf(report.stages().get(0).artifact()))));
  }

  @Test
  void twoThreadsOfOneProcess(@TempDir Path undisturbed) throws Exception {
    List<String> expected = digests(run(undisturbed, plan(), RunListener.NONE));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<RunReport> one = threads.submit(() -> run(workspace, plan(), RunListener.NONE));
      Future<RunReport> other = threads.submit(() -> run(workspace, plan(), RunListener.NONE));
      assertThat(digests(one.get())).isEqualTo(expected);
      assertThat(digests(other.get())).isEqualTo(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void twoProcesses(@TempDir Path undisturbed) throws Exception {
    List<String> expected = digests(run(undisturbed, plan(), RunListener.NONE));
    ArtifactStore.open(workspace).prepare();
    List<Process> processes = List.of(process(), process());
    for (Process process : processes) {
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said).endsWith("" + expected + "\n");
      assertThat(process.exitValue()).isZero();
    }
    assertThat(leases()).isEmpty();
  }

  private Process process() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path", ""),
            Other.class.getName(),
            workspace.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private List<Path> leases() throws IOException {
    try (Stream<Path> files = Files.walk(workspace.resolve("leases"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** The same run in a process of its own. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) {
      System.out.println(digests(run(Path.of(args[0]), plan(), RunListener.NONE)));
    }
  }
}

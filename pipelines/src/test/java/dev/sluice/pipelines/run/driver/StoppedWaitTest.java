package dev.sluice.pipelines.run.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.ModelException;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.run.folder.ClusterJob;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.pipelines.store.ArtifactStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is asked to stop waits neither for a cluster's slots nor for a look at models. */
@Tag("flink")
@Timeout(60)
final class StoppedWaitTest {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  /** A cluster that has no slots: a job waits until it is cancelled. */
  private static final class FullCluster extends DirectEngine {
    final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @Override
    public void run(
        String name, int parallelism, Consumer<Pipeline> graph, Consumer<ClusterJob> sent) {
      waiting.countDown();
      try {
        cancelled.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new JobException("The job was cancelled.");
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }
  }

  /** Models whose servers never answer. */
  private static final class Silent extends NoModels {
    private static final long serialVersionUID = 1;
    static final CountDownLatch WAITING = new CountDownLatch(1);

    @Override
    public void check(String name, ModelReference reference) {
      WAITING.countDown();
      try {
        TimeUnit.DAYS.sleep(1);
      } catch (InterruptedException e) {
        throw new ModelException("The look was interrupted.", e);
      }
    }
  }

  private Future<RunReport> start(
      ArtifactStore store, RunFolder folder, Plan plan, JobRunner engine, ModelHost models) {
    return thread.submit(
        () ->
            PipelineRun.run(
                    plan, "toy.yaml", folder, store, () -> engine, models, RunListener.NONE, 1)
                .report());
  }

  private static Plan plan() {
    return ToyChain.plan(new ToyChain.Measure("", "", 0, ""), ToyChain.measures(), 7);
  }

  @Test
  void jobThatWaitsForSlots_isCancelled(@TempDir Path workspace) throws Exception {
    ArtifactStore store = ArtifactStore.open(workspace);
    RunFolder folder = ToyChain.folder(store);
    FullCluster cluster = new FullCluster();
    Future<RunReport> run = start(store, folder, plan(), cluster, new NoModels());
    cluster.waiting.await();
    folder.stop("signal");
    assertThat(run.get().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(run.get().stages())
        .extracting(StageReport::state)
        .containsOnly(StageReport.State.NOT_RUN);
  }

  @Test
  void lookAtModelsThatDoNotAnswer_isLeftBehind(@TempDir Path workspace) throws Exception {
    ArtifactStore store = ArtifactStore.open(workspace);
    RunFolder folder = ToyChain.folder(store);
    Plan plan = RetryDeadTest.plan(1);
    Future<RunReport> run = start(store, folder, plan, new DirectEngine(), new Silent());
    Silent.WAITING.await();
    folder.stop("signal");
    assertThat(run.get().state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(run.get().stages())
        .extracting(StageReport::state)
        .containsOnly(StageReport.State.NOT_RUN);
  }

  @Test
  void unitAtWork_isFinishedFirst(@TempDir Path workspace) throws Exception {
    ArtifactStore store = ArtifactStore.open(workspace);
    RunFolder folder = ToyChain.folder(store);
    Plan plan =
        ToyChain.plan(
            new ToyChain.Measure("", "00002", 0, folder.path().toString()), ToyChain.measures(), 7);
    RunReport report = start(store, folder, plan, new DirectEngine(), new NoModels()).get();
    assertThat(report.state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(folder.units("measure").stream().filter(key -> store.units().has(key)).count())
        .isPositive();
  }
}

package dev.sluice.runners.direct;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.driver.JobException;
import dev.sluice.pipelines.run.driver.JobRunner;
import dev.sluice.pipelines.run.folder.ClusterJob;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.jspecify.annotations.Nullable;

/** Jobs on Beam's direct runner. */
public final class DirectJobs implements JobRunner {
  private final int workers;
  private final AtomicReference<@Nullable PipelineResult> current = new AtomicReference<>();

  /** With so many units at work at once. */
  public DirectJobs(int workers) {
    this.workers = workers;
  }

  @Override
  public void run(
      String name, int parallelism, Consumer<Pipeline> graph, Consumer<ClusterJob> sent) {
    DirectOptions options = WorkerProcess.current().connectors().ofJob().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(parallelism == 0 ? workers : Math.min(parallelism, workers));
    options.setBlockOnRun(false);
    options.setJobName(name);
    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    try {
      PipelineResult result = pipeline.run();
      current.set(result);
      result.waitUntilFinish();
    } catch (RuntimeException e) {
      throw new JobException(
          "The direct runner gave up the job '%s': %s".formatted(name, e.getMessage()), e);
    } finally {
      current.set(null);
    }
  }

  @Override
  public int parallelism() {
    return workers;
  }

  @Override
  public int restarts() {
    return 0;
  }

  @Override
  public void cancel() {
    PipelineResult job = current.get();
    if (job != null) {
      try {
        job.cancel();
      } catch (IOException e) {
        throw new JobException("The direct runner could not stop its job.", e);
      }
    }
  }

  @Override
  public void close() {}
}

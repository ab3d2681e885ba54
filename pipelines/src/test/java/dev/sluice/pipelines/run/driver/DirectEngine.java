package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.run.folder.ClusterJob;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's direct runner for tests; counts the jobs. */
public class DirectEngine implements JobRunner {
  private int jobs;

  int jobs() {
    return jobs;
  }

  @Override
  public void run(
      String name, int parallelism, Consumer<Pipeline> graph, Consumer<ClusterJob> sent) {
    jobs++;
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(Math.max(1, parallelism));
    options.setJobName("test-" + jobs);
    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    pipeline.run().waitUntilFinish();
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public int restarts() {
    return 0;
  }

  @Override
  public void cancel() {}

  @Override
  public void close() {}
}

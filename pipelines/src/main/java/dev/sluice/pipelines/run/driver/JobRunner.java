package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.run.folder.ClusterJob;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** Where Beam jobs run. One job at a time; the caller's thread waits for its end. */
public interface JobRunner extends AutoCloseable {

  /**
   * Runs a job to its end.
   *
   * @param name what the engine calls the job
   * @param parallelism most units at work at once; 0 leaves it to the engine
   * @param graph puts the job's transforms into an empty pipeline
   * @param sent is told of a job that will outlive this process, as soon as it is sent
   * @throws JobException if the engine gave up; what a unit said stands in the run folder
   */
  void run(String name, int parallelism, Consumer<Pipeline> graph, Consumer<ClusterJob> sent);

  /** Units that can be at work at once, by default. */
  int parallelism();

  /** Processes that units are worked on in. */
  default int processes() {
    return 1;
  }

  /** How often the engine starts a job again by itself after a worker was lost or a unit failed. */
  int restarts();

  /** Stops the job at once, if one is running. Safe to call from any thread. */
  void cancel();

  /** Releases the engine. */
  @Override
  void close();
}

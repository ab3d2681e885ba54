package dev.sluice.runners.flink;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.driver.JobException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;

/** Puts a Beam pipeline through Flink's runner. */
final class FlinkJobs {
  private FlinkJobs() {}

  /** Runs a job to its end where {@link JobEnvironment} sends it. */
  static void run(String name, int parallelism, Consumer<Pipeline> graph) {
    FlinkPipelineOptions options =
        WorkerProcess.current().connectors().ofJob().as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[auto]");
    options.setStreaming(false);
    options.setFilesToStage(List.of());
    options.setObjectReuse(true);
    options.setFasterCopy(true);
    options.setParallelism(parallelism);
    options.setJobName(name);
    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    try {
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      throw new JobException("Flink gave up the job '%s': %s.".formatted(name, rootMessage(e)), e);
    }
  }

  static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
      return "the workers do not have the class %s; the jars of runners/target/cluster-lib belong on the class path of every Flink process"
          .formatted(message);
    }
    return message == null || message.isBlank() ? root.getClass().getName() : message;
  }
}

package dev.sluice.runners.flink;

import java.util.stream.Stream;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;

/**
 * The environment that Beam's runner finds under the master {@code [auto]}: it hands the finished
 * job graph to us. Flink's own remote client asks for a job's end at intervals that grow to two
 * seconds, and its local environment starts and stops a cluster for each job; both are paid anew
 * for every stage and every round.
 */
@SuppressWarnings("deprecation") // The batch runner of Beam 2.70 stands on the DataSet API.
final class JobEnvironment extends ExecutionEnvironment {
  private static final String TARGET = "sluice";

  private JobEnvironment(Configuration configuration, Submission submission) {
    super(new Loader(submission), configuration, JobEnvironment.class.getClassLoader());
  }

  /** Makes the environment the one that the next jobs of this process find. */
  static void install(Submission submission) {
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, TARGET);
    configuration.set(DeploymentOptions.ATTACHED, true);
    initializeContextEnvironment(() -> new JobEnvironment(configuration, submission));
  }

  private record Loader(Submission submission)
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {
    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
      return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(TARGET);
    }

    @Override
    public String getName() {
      return TARGET;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration ignored) {
      return (pipeline, configuration, loader) ->
          submission.submit(
              PipelineExecutorUtils.getJobGraph(pipeline, configuration, loader), loader);
    }
  }
}

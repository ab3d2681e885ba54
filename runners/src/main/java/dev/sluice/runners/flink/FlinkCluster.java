package dev.sluice.runners.flink;

import dev.sluice.pipelines.run.driver.JobException;
import dev.sluice.pipelines.run.driver.JobRunner;
import dev.sluice.pipelines.run.folder.ClusterJob;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster that is there. Only the thin jars of our own code travel with a job; everything
 * they need lies on the cluster's class path.
 */
public final class FlinkCluster implements JobRunner {
  /** In five minutes. */
  private static final int RESTARTS = 6;

  private static final String EXPECTED_VERSION = "1.19";

  private final String master;
  private final List<URL> jars;
  private final RestClusterClient<StandaloneClusterId> client;
  private final int slots;
  private final int taskManagers;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "poll-flink");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicReference<@Nullable JobClient> current = new AtomicReference<>();

  private FlinkCluster(
      String master,
      List<URL> jars,
      RestClusterClient<StandaloneClusterId> client,
      ClusterOverviewWithVersion overview) {
    this.master = master;
    this.jars = List.copyOf(jars);
    this.client = client;
    this.slots = overview.getNumSlotsTotal();
    this.taskManagers = Math.max(1, overview.getNumTaskManagersConnected());
  }

  /**
   * Reaches a cluster.
   *
   * @param master of the form {@code host:port}: the REST address
   * @param jars our own code
   * @throws JobException if no cluster of the right version answers
   */
  public static FlinkCluster reach(String master, List<URL> jars) {
    int colon = master.lastIndexOf(':');
    if (colon < 1 || !master.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new JobException(
          "The value of --flink-master is host:port, such as 127.0.0.1:8081, not '%s'."
              .formatted(master));
    }
    Configuration configuration = new Configuration();
    configuration.set(JobManagerOptions.ADDRESS, master.substring(0, colon));
    configuration.set(RestOptions.ADDRESS, master.substring(0, colon));
    configuration.set(RestOptions.PORT, Integer.parseInt(master.substring(colon + 1)));
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 5);
    configuration.set(RestOptions.RETRY_DELAY, 500L);
    try {
      RestClusterClient<StandaloneClusterId> client =
          new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
      ClusterOverviewWithVersion overview = client.getClusterOverview().get(15, TimeUnit.SECONDS);
      if (!overview.getVersion().startsWith(EXPECTED_VERSION)) {
        throw new JobException(
            "The cluster at %s runs Flink %s; this program speaks to Flink %s. Use a cluster of that version, or leave --flink-master out to run here."
                .formatted(master, overview.getVersion(), EXPECTED_VERSION));
      }
      if (overview.getNumSlotsTotal() == 0) {
        throw new JobException(
            "The cluster at %s has no task slot; start a TaskManager first.".formatted(master));
      }
      return new FlinkCluster(master, jars, client, overview);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException(
          "The wait for the cluster at %s was interrupted.".formatted(master), e);
    } catch (ExecutionException | TimeoutException e) {
      throw new JobException(
          "No Flink cluster answers at %s (%s). Check the address (the REST port, by default 8081) and that the JobManager runs, or leave --flink-master out to run here."
              .formatted(master, FlinkJobs.rootMessage(e)),
          e);
    } catch (JobException e) {
      throw e;
    } catch (Exception e) {
      throw new JobException(
          "A client for the cluster at %s cannot be made: %s"
              .formatted(master, FlinkJobs.rootMessage(e)),
          e);
    }
  }

  @Override
  public void run(
      String name, int parallelism, Consumer<Pipeline> graph, Consumer<ClusterJob> sent) {
    JobEnvironment.install((job, loader) -> submit(name, job, loader, sent));
    try {
      int workers = parallelism == 0 ? slots : Math.min(parallelism, slots);
      FlinkJobs.run(name, workers, graph);
    } finally {
      current.set(null);
    }
  }

  private CompletableFuture<JobClient> submit(
      String name, JobGraph graph, ClassLoader loader, Consumer<ClusterJob> sent) {
    graph.addJars(jars);
    // Lost workers are no fault of the job; what keeps failing, such as missing jars, is told soon.
    Configuration restarts = graph.getJobConfiguration();
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
    restarts.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL, RESTARTS);
    restarts.set(
        RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
        Duration.ofMinutes(5));
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY, Duration.ofSeconds(1));
    return client
        .submitJob(graph)
        .thenApply(
            id -> {
              sent.accept(new ClusterJob(master, id.toString(), name));
              JobClient job = new PolledJob(id, client, loader, timer);
              current.set(job);
              return job;
            });
  }

  @Override
  public int parallelism() {
    return slots;
  }

  @Override
  public int processes() {
    return taskManagers;
  }

  @Override
  public int restarts() {
    return RESTARTS;
  }

  @Override
  public void cancel() {
    JobClient job = current.get();
    if (job != null) {
      var unused = job.cancel();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.close();
  }

  @Override
  public String toString() {
    return "Flink at " + master;
  }
}

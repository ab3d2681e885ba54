package dev.sluice.runners.flink;

import dev.sluice.pipelines.run.driver.JobException;
import dev.sluice.pipelines.run.driver.JobRunner;
import dev.sluice.pipelines.run.folder.ClusterJob;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.jspecify.annotations.Nullable;

/**
 * Flink inside this process: one mini cluster for all jobs, started in the background as soon as
 * the runner is made, so that parsing and planning hide its start.
 */
public final class EmbeddedFlink implements JobRunner {
  private final int slots;
  private final FutureTask<MiniCluster> cluster;
  private final AtomicReference<@Nullable JobClient> current = new AtomicReference<>();

  private EmbeddedFlink(int slots) {
    this.slots = slots;
    this.cluster = new FutureTask<>(() -> start(slots));
  }

  /** Starts a cluster with as many slots as units may be at work at once. */
  public static EmbeddedFlink start(int slots, boolean background) {
    EmbeddedFlink flink = new EmbeddedFlink(slots);
    if (background) {
      Thread thread = new Thread(flink.cluster, "start-flink");
      thread.setDaemon(true);
      thread.start();
    } else {
      flink.cluster.run();
    }
    return flink;
  }

  private static MiniCluster start(int slots) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    // A long pause of this very process is no lost worker.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, 3_600_000L);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    return cluster;
  }

  @Override
  public void run(
      String name, int parallelism, Consumer<Pipeline> graph, Consumer<ClusterJob> sent) {
    MiniCluster started = started();
    JobEnvironment.install((job, loader) -> submit(started, job, loader));
    try {
      int workers = parallelism == 0 ? slots : Math.min(parallelism, slots);
      FlinkJobs.run(name, workers, graph);
    } finally {
      current.set(null);
    }
  }

  private CompletableFuture<JobClient> submit(
      MiniCluster started, JobGraph graph, ClassLoader loader) {
    return started
        .submitJob(graph)
        .thenApply(
            submitted -> {
              JobClient client =
                  new MiniClusterJobClient(
                      submitted.getJobID(), started, loader, JobFinalizationBehavior.NOTHING);
              current.set(client);
              return client;
            });
  }

  private MiniCluster started() {
    try {
      return cluster.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException("The start of embedded Flink was interrupted.", e);
    } catch (ExecutionException e) {
      throw new JobException(
          "Embedded Flink did not start: %s. Try --runner direct, or look into the run's log."
              .formatted(String.valueOf(e.getCause())),
          e);
    }
  }

  @Override
  public int parallelism() {
    return slots;
  }

  @Override
  public int restarts() {
    return 0;
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
    var unused = started().closeAsync();
  }
}

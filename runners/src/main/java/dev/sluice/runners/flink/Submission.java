package dev.sluice.runners.flink;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** Takes a job graph to a cluster. */
@FunctionalInterface
interface Submission {

  /** Sends the job; the client tells its id and its end. */
  CompletableFuture<JobClient> submit(JobGraph graph, ClassLoader loader) throws Exception;
}

package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.driver.JobException;
import dev.sluice.pipelines.run.folder.ClusterJob;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.flink.ClusterJobs;

/** Jobs that go on on a cluster although the process that sent them is gone. */
final class OrphanedJobs {
  private OrphanedJobs() {}

  /** Cancels what earlier runs of the pipeline left on a cluster, and says so. */
  static void cancel(Workspace workspace, String pipeline, Terminal terminal) {
    for (RunFolder run : RunFolder.all(workspace)) {
      ClusterJob job = run.job();
      if (job != null
          && run.state() != RunState.RUNNING
          && run.wasHere()
          && run.pipeline().equals(pipeline)) {
        try {
          if (cancel(run, job)) {
            terminal
                .err()
                .printf(
                    "The run %s left a job at %s when its process ended; it is cancelled, and this run goes on from what it finished.%n",
                    run.id(), job.master());
          }
        } catch (JobException e) {
          terminal.err().println("warning: " + e.getMessage());
        }
      }
    }
  }

  /** Cancels the job of a run whose process is gone; false if it had ended. */
  static boolean cancel(RunFolder run, ClusterJob job) {
    boolean atWork = ClusterJobs.cancel(job);
    run.jobEnded();
    return atWork;
  }
}

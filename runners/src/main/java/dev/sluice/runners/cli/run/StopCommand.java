package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.folder.ClusterJob;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "stop",
    description = "Stops a run after the shards in progress. The next run resumes it.")
public final class StopCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Id of a run, or its first characters.")
  private @Nullable String run;

  public StopCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder folder = StatusCommand.find(global, run);
    ClusterJob job = folder.job();
    if (folder.state() != RunState.RUNNING && job != null) {
      boolean atWork = OrphanedJobs.cancel(folder, job);
      terminal
          .out()
          .printf(
              atWork
                  ? "the process of run %s is gone; its job at %s is cancelled, and what is finished stays%n"
                  : "the process of run %s is gone, and its job at %s has ended%n",
              folder.id(),
              job.master());
      return ExitCode.DONE;
    }
    if (folder.state() != RunState.RUNNING) {
      throw new UserMistake(
          "The run %s is %s; there is nothing to stop."
              .formatted(folder.id(), folder.state().label()));
    }
    folder.stop("sluice stop");
    terminal.out().printf("asked run %s to stop after the shards in flight%n", folder.id());
    return ExitCode.DONE;
  }
}

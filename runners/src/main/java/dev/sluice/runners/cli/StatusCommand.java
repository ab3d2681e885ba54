package dev.sluice.runners.cli;

import dev.sluice.pipelines.run.RunFolder;
import dev.sluice.pipelines.run.RunReport;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Where a run stands; the newest if none is named.")
final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "RUN", arity = "0..1", description = "A run's id, or its beginning.")
  private @Nullable String run;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder folder = find(global, run);
    RunReport report = RunDamage.report(folder);
    RunDamage.warn(folder, terminal);
    if (global.json()) {
      terminal.out().println(report.toJson());
    } else {
      terminal
          .out()
          .printf(
              "run %s: %s, %s%n",
              report.runId(), report.state().label(), Numbers.time(report.seconds()));
      terminal.out().print(RunTable.stages(report));
    }
    return ExitCode.DONE;
  }

  /** The run that is meant, or a sentence that says why there is none. */
  static RunFolder find(GlobalOptions global, @Nullable String id) {
    List<RunFolder> all = RunFolder.all(global.workspace());
    if (all.isEmpty() && id != null) {
      // What lists show elsewhere may lag behind.
      RunFolder young = RunFolder.find(global.workspace(), id);
      if (young != null) {
        return young;
      }
    }
    if (all.isEmpty()) {
      throw new UserMistake(
          "The workspace %s has no runs. Start one with 'sluice run FILE', or name another with --workspace."
              .formatted(global.workspaceName()));
    }
    if (id == null) {
      return all.get(all.size() - 1);
    }
    RunFolder found = RunFolder.find(global.workspace(), id);
    if (found == null) {
      throw new UserMistake(
          "In the workspace %s %s ('sluice runs' lists them)."
              .formatted(global.workspaceName(), Unknown.run(id, all)));
    }
    return found;
  }
}

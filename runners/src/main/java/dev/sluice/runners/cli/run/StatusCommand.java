package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunProgress;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Signals;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UnknownName;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description = "Shows the progress of a run, by default of the newest one.")
public final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Id of a run, or its first characters.")
  private @Nullable String run;

  @Option(
      names = "--watch",
      description = "Keep showing progress until the run ends; exit with the run's exit code.")
  private boolean watch;

  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder folder = find(global, run);
    if (watch) {
      watch(folder);
    }
    RunReport report = DamagedRun.report(folder);
    DamagedRun.warn(folder, terminal);
    if (global.json()) {
      terminal.out().println(report.toJson());
    } else {
      terminal
          .out()
          .printf(
              "run %s: %s, %s%n",
              report.runId(), report.state().label(), Numbers.time(report.seconds()));
      terminal.out().print(RunTable.stages(report));
      say(folder, report.state());
    }
    return watch ? ExitCode.of(report.state()) : ExitCode.DONE;
  }

  /** What the table does not say: how far the stage at work is, or why the run ended. */
  private void say(RunFolder folder, RunState state) {
    if (state == RunState.RUNNING) {
      RunProgress progress = folder.progress();
      if (progress != null) {
        terminal.out().println(ProgressView.text(progress, false));
      }
    } else if (state == RunState.INTERRUPTED) {
      terminal.out().println(ended(folder));
    }
  }

  /** How an interrupted run was ended. */
  static String ended(RunFolder folder) {
    String why = folder.stopReason();
    if (why != null) {
      return why.equals("signal")
          ? "It was stopped by a signal (Ctrl-C or SIGTERM)."
          : "It was stopped by '%s'.".formatted(why);
    }
    return "Its process %s is gone without a word: it was killed, or its machine went down; its last sign of life was at %s."
        .formatted(
            folder.status().path("pid").asText("?"),
            Numbers.toTheSecond(folder.status().path("heartbeat").asText("?")));
  }

  private void watch(RunFolder folder) {
    ProgressView view = new ProgressView(terminal);
    if (folder.state() == RunState.RUNNING) {
      Signals.endWith(terminal, "The run %s goes on; the watch was ended".formatted(folder.id()));
    }
    while (folder.state() == RunState.RUNNING) {
      RunProgress progress = folder.progress();
      if (progress != null && !global.quiet()) {
        view.watched(progress);
      }
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    view.end();
  }

  /** The run that is meant, or a sentence that says why there is none. */
  public static RunFolder find(GlobalOptions global, @Nullable String id) {
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
              .formatted(global.workspace().name()));
    }
    if (id == null) {
      return all.get(all.size() - 1);
    }
    RunFolder found = RunFolder.find(global.workspace(), id);
    if (found == null) {
      throw new UserMistake(
          "In the workspace %s %s ('sluice runs' lists them)."
              .formatted(global.workspace().name(), UnknownName.run(id, all)));
    }
    return found;
  }
}

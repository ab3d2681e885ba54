package dev.sluice.runners.cli.schedule;

import dev.sluice.pipelines.schedule.alerts.ChannelSender;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.runners.cli.LedgerCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Signals;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import dev.sluice.runners.serve.Daemon;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description =
        "Starts the daemon that runs scheduled pipelines. Each run is a separate process that survives the daemon; the next daemon takes it over.")
public final class ServeCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port on 127.0.0.1 for /health and /metrics (default: 8090; 0: any free port).")
  private int port = 8090;

  @Option(
      names = "--max-runs",
      paramLabel = "N",
      description = "Maximum number of runs at the same time (default: 1).")
  private int mostRuns = 1;

  @Option(
      names = "--run-heap",
      paramLabel = "SIZE",
      description = "Maximum Java heap of a run (default: 1200m).")
  private String runHeap = "1200m";

  @Option(
      names = "--run-memory",
      paramLabel = "MB",
      description =
          "Maximum memory of a run's process, in megabytes; a run above it is ended (default: 8192).")
  private long runMemory = 8192;

  public ServeCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (mostRuns < 1 || runMemory < 1) {
      throw new UserMistake("--max-runs and --run-memory are at least 1.");
    }
    if (!runHeap.matches("[1-9][0-9]{0,8}[kmgKMG]")) {
      throw new UserMistake(
          "--run-heap is a number with k, m or g, such as 1200m, not '%s'.".formatted(runHeap));
    }
    ArtifactStore.open(global.workspace()).prepare();
    Daemon daemon = daemon();
    Signals.onInterrupt(daemon::end, () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
    String refusal = daemon.serve();
    if (refusal != null) {
      throw new UserMistake(refusal);
    }
    say("ended by a signal (Ctrl-C or SIGTERM)");
    return ExitCode.DONE;
  }

  private Daemon daemon() {
    Daemon.Settings settings =
        new Daemon.Settings(
            global.workspace(),
            port,
            mostRuns,
            runHeap,
            runMemory,
            System.getProperty("sluice.launcher", ""));
    try {
      return new Daemon(
          settings,
          LedgerCommand.place(global),
          services.registry(),
          new ChannelSender(System.getenv()),
          this::say);
    } catch (IOException e) {
      throw new UserMistake(
          "Nothing can answer at port %d of this machine (%s). Choose another with --port, or 0 for any that is free."
              .formatted(port, e.getMessage()));
    }
  }

  private void say(String line) {
    if (!global.quiet()) {
      terminal.err().println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
  }
}

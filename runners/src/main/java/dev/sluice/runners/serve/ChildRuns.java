package dev.sluice.runners.serve;

import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunIds;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.folder.WorkspaceClock;
import dev.sluice.pipelines.schedule.Runs;
import dev.sluice.pipelines.schedule.ScheduledFile;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs of fires as processes of this machine. A run is known by its id, which is an argument of its
 * process from the first moment and then the name of its folder, so that a daemon finds the runs of
 * another that died, and starts none twice.
 */
final class ChildRuns implements Runs {
  private static final Logger LOG = Logger.getLogger(ChildRuns.class.getName());
  private static final int SIGNALLED = 128;
  private static final String BY_HAND = "sluice stop";
  private static final String BY_US = "its schedule";

  private final Workspace workspace;
  private final Program program;
  private final long mostKilobytes;
  private final Map<String, Process> children = new HashMap<>();
  private final Map<String, String> ended = new HashMap<>();

  /**
   * Runs in a workspace.
   *
   * @param mostMegabytes a run whose process holds more of the machine's memory is ended
   */
  ChildRuns(Workspace workspace, Program program, long mostMegabytes) {
    this.workspace = workspace;
    this.program = program;
    this.mostKilobytes = mostMegabytes * 1024;
  }

  /** Where a run's process says what it has to say. */
  static Path log(Workspace workspace, String run) {
    return workspace.localFolder().resolve("serve").resolve(run + ".log");
  }

  @Override
  public String newId() {
    return RunIds.next(WorkspaceClock.of(workspace, Clock.systemUTC()));
  }

  @Override
  public void start(LedgerFire fire, ScheduledFile file, Map<String, String> params) {
    List<String> arguments = new ArrayList<>(List.of("run", file.file().toString()));
    params.forEach((name, value) -> arguments.addAll(List.of("--param", name + "=" + value)));
    // The file writes these values, so paths in them count from its folder.
    Path folder = file.file().getParent();
    if (folder != null) {
      arguments.addAll(List.of("--paths-from", folder.toString()));
    }
    go(fire, arguments);
  }

  @Override
  public void resume(LedgerFire fire, String before) {
    go(fire, List.of("resume", before));
  }

  private void go(LedgerFire fire, List<String> command) {
    String run = id(fire);
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--workspace", workspace.name(), "--json", "--quiet"));
    arguments.addAll(List.of(Program.RUN, run));
    try {
      children.put(run, program.start(arguments, log(workspace, run)));
    } catch (IOException e) {
      ended.put(run, "its process could not be started: " + e.getMessage());
      LOG.log(Level.WARNING, "The run " + run + " could not be started.", e);
    }
  }

  @Override
  public Look look(LedgerFire fire) {
    String run = id(fire);
    if (ended.containsKey(run)) {
      return new Look(State.FAILED, ended.get(run));
    }
    Process child = children.get(run);
    if (child != null && child.isAlive()) {
      watchMemory(run, child.toHandle());
      return new Look(State.RUNNING, null);
    }
    RunFolder folder = RunFolder.find(workspace, run);
    RunReport report = folder == null || !folder.id().equals(run) ? null : folder.report();
    if (folder == null || report == null) {
      return notBegun(run, child);
    }
    return switch (folder.state()) {
      case RUNNING -> {
        Program.of(run).ifPresent(process -> watchMemory(run, process));
        yield new Look(State.RUNNING, null);
      }
      case SUCCEEDED -> new Look(State.SUCCEEDED, null);
      case OVER_BUDGET -> new Look(State.OVER_BUDGET, null);
      case FAILED -> new Look(State.FAILED, error(report));
      case INTERRUPTED -> interrupted(folder, run);
    };
  }

  private Look notBegun(String run, @Nullable Process child) {
    // Above that, a signal ended it, and it is started once more.
    if (child != null && child.exitValue() != 0 && child.exitValue() <= SIGNALLED) {
      return new Look(
          State.FAILED,
          "its process ended with code %d: %s".formatted(child.exitValue(), lastLine(run)));
    }
    return new Look(Program.of(run).isPresent() ? State.RUNNING : State.NOT_STARTED, null);
  }

  private static Look interrupted(RunFolder folder, String run) {
    if (Program.of(run).isPresent()) {
      return new Look(State.RUNNING, null);
    }
    return BY_HAND.equals(folder.stopReason())
        ? new Look(State.STOPPED, "stopped with 'sluice stop'")
        : new Look(State.INTERRUPTED, null);
  }

  private static String error(RunReport report) {
    return report.stages().stream()
        .map(StageReport::error)
        .filter(Objects::nonNull)
        .findFirst()
        // Reasons have lines of their own; what tells of a fire has one.
        .map(error -> error.lines().map(String::strip).collect(Collectors.joining(" ")))
        .orElse("its run failed");
  }

  private String lastLine(String run) {
    try {
      List<String> lines = Files.readAllLines(log(workspace, run));
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (!lines.get(i).isBlank()) {
          return lines.get(i).length() > 500 ? lines.get(i).substring(0, 500) : lines.get(i);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.FINE, "The log of run " + run + " cannot be read.", e);
    }
    return "it said nothing";
  }

  private void watchMemory(String run, ProcessHandle process) {
    long kilobytes = Program.memory(process.pid());
    if (kilobytes > mostKilobytes) {
      ended.put(
          run,
          "its process held %d MB of memory, more than the %d of --run-memory, and was ended"
              .formatted(kilobytes / 1024, mostKilobytes / 1024));
      boolean unused = process.destroyForcibly();
    }
  }

  @Override
  public void stop(LedgerFire fire) {
    RunFolder folder = RunFolder.find(workspace, id(fire));
    if (folder != null && folder.state() == RunState.RUNNING) {
      folder.stop(BY_US);
    } else {
      Program.of(id(fire)).ifPresent(ProcessHandle::destroy);
    }
  }

  @Override
  public void kill(LedgerFire fire) {
    Optional<ProcessHandle> process = Program.of(id(fire));
    process.ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public OptionalDouble metric(LedgerFire fire, String name) {
    RunFolder folder = RunFolder.find(workspace, id(fire));
    RunReport report = folder == null ? null : folder.report();
    return report == null
        ? OptionalDouble.empty()
        : report.metrics().stream()
            .filter(each -> each.metric().name().equals(name))
            .mapToDouble(each -> each.metric().value())
            .findFirst();
  }

  private static String id(LedgerFire fire) {
    return Objects.requireNonNull(fire.runId(), "a fire that runs has a run");
  }
}

package dev.sluice.runners.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.ledger.CatchUp;
import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerException;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerRun;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.runners.cli.LedgerCommand;
import dev.sluice.runners.cli.schedule.ScheduleListCommand;
import dev.sluice.runners.cli.schedule.Schedules;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "runs", description = "Lists all runs of the workspace, the newest last.")
public final class RunsCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "Only runs of this schedule, each with its scheduled time.")
  private @Nullable String schedule;

  public RunsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var runs = json.putArray("runs");
    TextTable table =
        new TextTable("run", "state", "started", ">seconds", schedule == null ? "file" : "fire");
    Map<String, LedgerFire> fires = schedule == null ? Map.of() : fires(schedule);
    for (LedgerRun run : oldestFirst()) {
      LedgerFire fire = fires.get(run.runId());
      if (schedule != null && fire == null) {
        continue;
      }
      ObjectNode each = runs.addObject();
      each.put("run_id", run.runId())
          .put("file", run.file())
          .put("state", run.state())
          .put("started", run.started())
          .put("seconds", run.seconds());
      if (fire != null) {
        each.put("due", fire.due().toString()).put("kind", ScheduleListCommand.label(fire.kind()));
      }
      table.row(
          run.runId(),
          run.state(),
          Numbers.toTheSecond(run.started()),
          Numbers.time(run.seconds()),
          fire == null ? run.file() : "due " + fire.due());
    }
    if (global.json()) {
      terminal.out().println(json);
    } else {
      terminal.out().print(table);
    }
    return ExitCode.DONE;
  }

  /** The fires of a schedule by the run that was started last for each. */
  private Map<String, LedgerFire> fires(String name) {
    try (Ledger ledger = Ledger.open(LedgerCommand.place(global))) {
      List<LedgerFire> found = ledger.schedules().withRuns(name);
      if (found.isEmpty()) {
        // A schedule that was removed is known by its fires alone.
        LedgerSchedule unused = Schedules.named(ledger.schedules(), name);
      }
      Map<String, LedgerFire> fires = new HashMap<>();
      for (LedgerFire fire : found) {
        fires.put(Objects.requireNonNull(fire.runId()), fire);
      }
      return fires;
    }
  }

  /** From the ledger, after it was brought up to date; from the folders if it cannot be used. */
  private List<LedgerRun> oldestFirst() {
    List<RunFolder> folders = RunFolder.all(global.workspace());
    if (folders.isEmpty()) {
      // Nothing is made where there may be no workspace.
      return List.of();
    }
    try (Ledger ledger = Ledger.open(LedgerCommand.place(global))) {
      CatchUp unused = CatchUp.of(ledger, global.workspace());
      List<LedgerRun> runs = new ArrayList<>(ledger.runs());
      Collections.reverse(runs);
      return runs;
    } catch (LedgerException e) {
      terminal.err().printf("warning: %s The runs are read from their folders.%n", e.getMessage());
      return folders.stream().map(folder -> LedgerRun.read(folder).run()).toList();
    }
  }
}

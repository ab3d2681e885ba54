package dev.sluice.runners.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.ledger.CatchUp;
import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerException;
import dev.sluice.pipelines.ledger.LedgerRun;
import dev.sluice.pipelines.run.RunFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "runs", description = "All runs of the workspace, the newest last.")
final class RunsCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  RunsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var runs = json.putArray("runs");
    TextTable table = new TextTable("run", "state", "started", ">seconds", "file");
    for (LedgerRun run : oldestFirst()) {
      runs.addObject()
          .put("run_id", run.runId())
          .put("file", run.file())
          .put("state", run.state())
          .put("started", run.started())
          .put("seconds", run.seconds());
      table.row(run.runId(), run.state(), run.started(), Numbers.time(run.seconds()), run.file());
    }
    if (global.json()) {
      terminal.out().println(json);
    } else {
      terminal.out().print(table);
    }
    return ExitCode.DONE;
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

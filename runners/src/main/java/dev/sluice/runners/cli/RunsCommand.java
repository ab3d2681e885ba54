package dev.sluice.runners.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.run.RunFolder;
import dev.sluice.pipelines.run.RunReport;
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
    for (RunFolder folder : RunFolder.all(global.workspace())) {
      JsonNode status = folder.status();
      RunReport report = folder.report();
      double seconds = report == null ? 0 : report.seconds();
      String file = status.path("file").asText();
      String started = status.path("started").asText();
      runs.addObject()
          .put("run_id", folder.id())
          .put("file", file)
          .put("state", folder.state().label())
          .put("started", started)
          .put("seconds", seconds);
      table.row(folder.id(), folder.state().label(), started, Numbers.time(seconds), file);
    }
    if (global.json()) {
      terminal.out().println(json);
    } else {
      terminal.out().print(table);
    }
    return ExitCode.DONE;
  }
}

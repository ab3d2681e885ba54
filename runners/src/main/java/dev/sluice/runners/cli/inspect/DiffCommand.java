package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.run.DamagedRun;
import dev.sluice.runners.cli.run.StatusCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = "Compares the config, counts, metrics and rows of two runs, stage by stage.")
public final class DiffCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "RUN_A",
      index = "0",
      description = "Id of a run, or its first characters.")
  private String first = "";

  @Parameters(paramLabel = "RUN_B", index = "1", description = "Id of the other run.")
  private String second = "";

  public DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunReport a = report(first);
    RunReport b = report(second);
    List<RunDiff.Stage> stages = RunDiff.of(a, b);
    if (global.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("a", a.runId());
      json.put("b", b.runId());
      json.put("stages", stages);
      terminal.out().println(Json.compact(json));
      return ExitCode.DONE;
    }
    terminal.out().printf("%s -> %s%n", a.runId(), b.runId());
    for (RunDiff.Stage stage : stages) {
      terminal.out().printf("%s: %s%n", stage.name(), stage.verdict());
      stage
          .changes()
          .forEach(
              change ->
                  terminal.out().printf("  %s: %s -> %s%n", change.what(), change.a(), change.b()));
    }
    return ExitCode.DONE;
  }

  private RunReport report(String run) {
    return DamagedRun.report(StatusCommand.find(global, run));
  }
}

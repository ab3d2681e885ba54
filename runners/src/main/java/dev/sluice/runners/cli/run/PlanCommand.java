package dev.sluice.runners.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.plan.Planner;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    description = "Shows for each stage whether it would be reused, resumed or run, and why.")
public final class PlanCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private FileOptions options = new FileOptions();

  public PlanCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<PipelineSpec> spec =
        PipelineLoader.checked(PipelineLoader.load(options, services.registry()), terminal, global);
    if (spec.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    Plan plan =
        new Planner(spec.get(), ArtifactStore.open(global.workspace()))
            .plan(PipelineLoader.chosen(spec.get(), options.until(), options.only()));
    if (global.json()) {
      ObjectNode json =
          JsonNodeFactory.instance.objectNode().put("file", options.file().toString());
      var stages = json.putArray("stages");
      plan.stages().forEach(stage -> stages.add(stage.toJson()));
      terminal.out().println(json);
    } else {
      terminal.out().print(text(plan));
    }
    return ExitCode.DONE;
  }

  static String text(Plan plan) {
    TextTable table =
        new TextTable("stage", "type", "action", ">rows", ">calls", ">tokens", ">USD", ">s", "why");
    for (PlannedStage stage : plan.stages()) {
      table.row(
          stage.name(),
          stage.type(),
          stage.action().label(),
          whole(stage.rows()),
          whole(stage.calls()),
          whole(sum(stage.promptTokens(), stage.completionTokens())),
          stage.costUsd() == null ? "?" : Numbers.decimals(stage.costUsd(), 2),
          stage.seconds() == null ? "?" : Numbers.decimals(stage.seconds(), 1),
          stage.reason());
    }
    return table.toString();
  }

  private static @Nullable Long sum(@Nullable Long left, @Nullable Long right) {
    return left == null || right == null ? null : Long.valueOf(left + right);
  }

  private static String whole(@Nullable Long value) {
    return value == null ? "?" : Numbers.whole(value);
  }
}

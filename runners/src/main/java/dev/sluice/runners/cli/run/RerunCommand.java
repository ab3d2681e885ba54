package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.StageSpec;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.Planner;
import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.WorkspaceClock;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UnknownName;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rerun",
    description = {
      "Runs a stage again although its artifact exists. Stages that read it run again if its rows changed.",
      "With --where only the requests behind rows of the stage's own table that fulfil a condition are repeated. All other rows, dead letters included, are kept.",
      "Requests keep their seeds: a server may reply differently, but a local model repeats its reply."
    })
public final class RerunCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  @Parameters(paramLabel = "RUN", description = "Id of a run, or its first characters.")
  private String run = "";

  @Option(names = "--stage", paramLabel = "NAME", required = true, description = "The stage.")
  private String stage = "";

  @Option(
      names = "--downstream",
      description = "Also run all stages that depend on it, even if its rows did not change.")
  private boolean downstream;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description =
          "Only rows that fulfil a condition, such as \"parsed = false\" or \"finish_reason = length\". Same syntax as 'inspect --where'.")
  private @Nullable String where;

  public RerunCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  /** When a rerun is asked for: later than every attempt and kept reply, whatever clocks say. */
  static Instant asked(GlobalOptions global, Services services) {
    WorkspaceClock clock = WorkspaceClock.of(global.workspace(), services.clock());
    clock.advance(ArtifactStore.open(global.workspace()));
    return clock.instant();
  }

  @Override
  public Integer call() {
    RunFolder folder = StatusCommand.find(global, run);
    Submission submission = Submission.of(folder, services, terminal, global);
    Optional<LoadResult> checked = submission.checked();
    if (checked.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    PipelineSpec spec = checked.get().spec().orElseThrow();
    if (spec.stage(stage) == null) {
      throw UnknownName.stage(folder.id(), stage, spec.stageNames());
    }
    Rerun.Rows rows = null;
    if (where != null) {
      ChosenRows chosen = chosen(spec, submission, folder.id(), where);
      if (chosen.chosen() == 0) {
        sayNothing(folder, where);
        return ExitCode.DONE;
      }
      rows = new Rerun.Rows(stage, where);
      if (!global.quiet()) {
        terminal
            .err()
            .printf(
                "%s of %s rows of '%s' %s requested again; the others are copied.%n",
                Numbers.whole(chosen.chosen()),
                Numbers.whole(chosen.of()),
                stage,
                chosen.chosen() == 1 ? "is" : "are");
      }
    }
    Set<String> stages = new LinkedHashSet<>(Set.of(stage));
    if (downstream) {
      stages.addAll(spec.dependents(stage));
    }
    Invocation again =
        submission
            .invocation()
            .with(new Rerun(stages, asked(global, services).toString(), Rerun.Extent.ALL, rows));
    return submission.run(checked.get(), again, engineOptions);
  }

  private ChosenRows chosen(PipelineSpec spec, Submission submission, String id, String condition) {
    ArtifactStore store = ArtifactStore.open(global.workspace());
    Invocation before = submission.invocation();
    Plan plan =
        new Planner(spec, store).plan(PipelineLoader.chosen(spec, before.until(), before.only()));
    StageSpec step = Objects.requireNonNull(spec.stage(stage));
    return ChosenRows.count(store, plan, step, id, condition);
  }

  private void sayNothing(RunFolder folder, String condition) {
    RunReport report = folder.report();
    if (global.json() && report != null) {
      terminal.out().println(report.toJson());
      return;
    }
    terminal
        .out()
        .printf(
            "Nothing to ask again: no row of '%s' that a model wrote satisfies \"%s\".%n",
            stage, condition);
  }
}

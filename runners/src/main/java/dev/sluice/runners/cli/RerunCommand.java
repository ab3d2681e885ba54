package dev.sluice.runners.cli;

import dev.sluice.pipelines.file.Loaded;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.run.Invocation;
import dev.sluice.pipelines.run.Rerun;
import dev.sluice.pipelines.run.RunFolder;
import dev.sluice.pipelines.run.WorkspaceClock;
import dev.sluice.pipelines.store.ArtifactStore;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rerun",
    description =
        "Runs a stage again although its artifact exists; what reads it follows if its rows changed.")
final class RerunCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  @Parameters(paramLabel = "RUN", description = "A run's id, or its beginning.")
  private String run = "";

  @Option(names = "--stage", paramLabel = "NAME", required = true, description = "The stage.")
  private String stage = "";

  @Option(
      names = "--downstream",
      description = "Also what depends on it, even if its rows turn out equal.")
  private boolean downstream;

  RerunCommand(Services services, Terminal terminal) {
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
    Optional<Loaded> checked = submission.checked();
    if (checked.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    PipelineSpec spec = checked.get().spec().orElseThrow();
    if (spec.stage(stage) == null) {
      throw Unknown.stage(folder.id(), stage, spec.stageNames());
    }
    Set<String> stages = new LinkedHashSet<>(Set.of(stage));
    if (downstream) {
      stages.addAll(spec.dependents(stage));
    }
    Invocation again =
        submission.invocation().with(new Rerun(stages, asked(global, services).toString()));
    return submission.run(checked.get(), again, engineOptions);
  }
}

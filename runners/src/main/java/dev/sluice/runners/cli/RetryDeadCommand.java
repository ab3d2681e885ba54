package dev.sluice.runners.cli;

import dev.sluice.pipelines.file.Loaded;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.run.Invocation;
import dev.sluice.pipelines.run.Rerun;
import dev.sluice.pipelines.run.RetriedUnits;
import dev.sluice.pipelines.run.RunFolder;
import dev.sluice.pipelines.run.RunReport;
import dev.sluice.pipelines.run.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.Json;
import dev.sluice.stages.ShardStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry-dead",
    description = {
      "Tries only the dead letters of a run again and merges the rows that now succeed into a new attempt; the old one stays.",
      "What reads a stage whose rows changed is run by the next 'sluice run FILE'."
    })
final class RetryDeadCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  @Parameters(paramLabel = "RUN", description = "A run's id, or its beginning.")
  private String run = "";

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "The stage; all that have dead letters if none is named.")
  private @Nullable String stage;

  RetryDeadCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
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
    if (stage != null && spec.stage(stage) == null) {
      throw Unknown.stage(folder.id(), stage, spec.stageNames());
    }
    List<String> stages = withDeadLetters(folder, spec);
    if (stages.isEmpty()) {
      say(folder);
      return ExitCode.DONE;
    }
    Set<String> chosen = new LinkedHashSet<>(stages);
    Invocation again =
        submission
            .invocation()
            .upTo(stages.get(stages.size() - 1))
            .with(
                new Rerun(
                    chosen, RerunCommand.asked(global, services).toString(), Rerun.Extent.DEAD));
    int code = submission.run(checked.get(), again, engineOptions);
    if (code == ExitCode.DONE && !global.quiet()) {
      terminal
          .err()
          .printf(
              "What reads the new rows is run by: %s%n",
              CommandText.run(
                  global,
                  folder.status().path("file").asText(submission.invocation().file()),
                  submission.invocation()));
    }
    return code;
  }

  /** Stages with dead letters that another try may mend, in the order of the file. */
  private List<String> withDeadLetters(RunFolder folder, PipelineSpec spec) {
    ArtifactStore store = ArtifactStore.open(global.workspace());
    RunReport report = folder.report();
    List<String> found = new ArrayList<>();
    for (StageReport each : report == null ? List.<StageReport>of() : report.stages()) {
      PipelineSpec.Step step = spec.stage(each.name());
      if (step == null
          || (stage != null && !stage.equals(each.name()))
          || !hasDeadLetters(store, each)) {
        continue;
      }
      if (step.stage() instanceof ShardStage) {
        found.add(each.name());
      } else {
        terminal
            .err()
            .printf(
                "The dead letters of '%s' are not tried alone, since what it did later rests on the rows that it had; 'sluice rerun %s --stage %s' does the stage again.%n",
                each.name(), folder.id(), each.name());
      }
    }
    return found;
  }

  private static boolean hasDeadLetters(ArtifactStore store, StageReport stage) {
    String fingerprint = stage.fingerprint();
    if (fingerprint == null) {
      return false;
    }
    Optional<Artifact> newest = store.find(stage.type(), fingerprint);
    // A stage that failed of its dead letters has no artifact; its finished units have them.
    return newest.isPresent()
        ? RetriedUnits.count(store, newest.get().manifest()) > 0
        : stage.state() == StageReport.State.FAILED && stage.counts().dead() > 0;
  }

  private void say(RunFolder folder) {
    if (global.json()) {
      RunReport report = folder.report();
      Map<String, Object> nothing = new LinkedHashMap<>(Map.of("run_id", folder.id()));
      terminal.out().println(report == null ? Json.compact(nothing) : report.toJson().toString());
    } else {
      terminal
          .out()
          .printf(
              "Nothing to retry: %s has no dead letters that another try may mend.%n",
              stage == null
                  ? "the run " + folder.id()
                  : "the stage '%s' of the run %s".formatted(stage, folder.id()));
    }
  }
}

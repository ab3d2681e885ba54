package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.StageSpec;
import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.driver.DeadLetterRetry;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.runners.cli.terminal.CommandText;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UnknownName;
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
      "Retries the dead letters of a run whose cause may be temporary (a server error, a timeout), and merges the rows that now succeed into a new attempt. The old attempt is kept.",
      "Dead letters of other reasons (content_filter, unreadable) and all rows are kept.",
      "The next 'sluice run FILE' runs the stages that read changed rows."
    })
public final class RetryDeadCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  @Parameters(paramLabel = "RUN", description = "Id of a run, or its first characters.")
  private String run = "";

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "Name of the stage (default: all stages with dead letters).")
  private @Nullable String stage;

  public RetryDeadCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
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
    if (stage != null && spec.stage(stage) == null) {
      throw UnknownName.stage(folder.id(), stage, spec.stageNames());
    }
    List<String> staying = new ArrayList<>();
    List<String> stages = withDeadLetters(folder, spec, staying);
    if (stages.isEmpty()) {
      say(folder, staying);
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

  /** Stages with dead letters that a retry may fix, in the order of the file. */
  private List<String> withDeadLetters(RunFolder folder, PipelineSpec spec, List<String> staying) {
    ArtifactStore store = ArtifactStore.open(global.workspace());
    RunReport report = folder.report();
    List<String> found = new ArrayList<>();
    for (StageReport each : report == null ? List.<StageReport>of() : report.stages()) {
      StageSpec step = spec.stage(each.name());
      if (step == null || (stage != null && !stage.equals(each.name()))) {
        continue;
      }
      DeadLetterRetry retry = DeadLetterRetry.of(store, tables(store, folder, each));
      if (retry.asked() == 0) {
        if (retry.stay() > 0) {
          staying.add("'%s': %s".formatted(each.name(), retry.staysText()));
        }
        continue;
      }
      if (step.stage() instanceof ShardStage) {
        found.add(each.name());
        if (!global.quiet()) {
          terminal.err().printf("'%s': %s.%n", each.name(), retry.text());
        }
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

  /** The tables of the newest artifact of a stage, or of the units that it finished. */
  private static List<ShardFile> tables(ArtifactStore store, RunFolder folder, StageReport stage) {
    String fingerprint = stage.fingerprint();
    if (fingerprint == null) {
      return List.of();
    }
    Optional<Artifact> newest = store.find(stage.type(), fingerprint);
    if (newest.isPresent()) {
      return newest.get().manifest().shards();
    }
    // A stage that failed of its dead letters has no artifact; its finished units have them.
    return stage.state() != StageReport.State.FAILED
        ? List.of()
        : folder.units(stage.name()).stream()
            .flatMap(key -> store.units().find(key).stream())
            .flatMap(unit -> unit.tables().stream())
            .toList();
  }

  private void say(RunFolder folder, List<String> staying) {
    if (global.json()) {
      RunReport report = folder.report();
      Map<String, Object> nothing = new LinkedHashMap<>(Map.of("run_id", folder.id()));
      terminal.out().println(report == null ? Json.compact(nothing) : report.toJson().toString());
    } else {
      terminal
          .out()
          .printf(
              "Nothing to retry: %s has no dead letters that a retry may fix.%s%n",
              stage == null
                  ? "the run " + folder.id()
                  : "the stage '%s' of the run %s".formatted(stage, folder.id()),
              staying.isEmpty() ? "" : " " + String.join("; ", staying) + ".");
    }
  }
}

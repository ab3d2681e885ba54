package dev.sluice.runners.cli;

import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.run.Invocation;
import dev.sluice.pipelines.run.RunFolder;
import dev.sluice.pipelines.run.RunState;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description =
        "Goes on with a run: its file as it was submitted, with the same --set and --param.")
final class ResumeCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "A run's id, or its beginning; the newest if none is named.")
  private @Nullable String run;

  ResumeCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder folder = StatusCommand.find(global, run);
    if (folder.state() == RunState.RUNNING) {
      throw new UserMistake(
          "The run %s is running (process %s); 'sluice stop %s' ends it."
              .formatted(folder.id(), folder.status().path("pid").asText("?"), folder.id()));
    }
    Started started = Started.of(folder);
    Optional<PipelineSpec> spec = started.spec(services, terminal, global);
    return spec.isEmpty()
        ? ExitCode.MISTAKE
        : started.run(spec.get(), started.invocation(), services, terminal, global, engineOptions);
  }

  /**
   * What a run was started with.
   *
   * @param text the pipeline file as submitted
   */
  record Started(String text, Invocation invocation) {

    static Started of(RunFolder folder) {
      String text = folder.submitted();
      Invocation invocation = folder.invocation();
      if (text == null || invocation == null) {
        throw new UserMistake(
            "The run %s does not say what it was started with (%s lacks pipeline.yaml or invocation.json); give its file to 'sluice run'."
                .formatted(folder.id(), folder.path()));
      }
      return new Started(text, invocation);
    }

    /** The file as submitted, checked again; if there are mistakes, they are printed. */
    Optional<PipelineSpec> spec(Services services, Terminal terminal, GlobalOptions global) {
      return PipelineLoader.checked(
          PipelineFile.load(
              invocation.file(),
              text,
              invocation.params(),
              invocation.sets(),
              System.getenv(),
              services.registry()),
          terminal,
          global);
    }

    int run(
        PipelineSpec spec,
        Invocation how,
        Services services,
        Terminal terminal,
        GlobalOptions global,
        EngineOptions engine) {
      return new Execution(services, terminal, global, engine, how.file()).run(spec, text, how);
    }
  }
}

package dev.sluice.runners.cli;

import dev.sluice.pipelines.file.Loaded;
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
    Submission submission = Submission.of(folder, services, terminal, global);
    Optional<Loaded> checked = submission.checked();
    return checked.isEmpty()
        ? ExitCode.MISTAKE
        : submission.run(checked.get(), submission.invocation(), engineOptions);
  }
}

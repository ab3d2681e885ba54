package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    description =
        "Runs a pipeline file. Reuses finished stages and resumes what an earlier run left unfinished.")
public final class RunCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private FileOptions options = new FileOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  public RunCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LoadResult loaded = PipelineLoader.load(options, services.registry());
    if (PipelineLoader.checked(loaded, terminal, global).isEmpty()) {
      return ExitCode.MISTAKE;
    }
    Invocation invocation =
        new Invocation(
            options.file().toAbsolutePath().normalize().toString(),
            options.sets(),
            options.params(),
            options.until(),
            options.only(),
            Rerun.NONE,
            options.sets().isEmpty() && options.params().isEmpty()
                ? null
                : options.from().toString());
    return new Execution(services, terminal, global, engineOptions, options.file().toString())
        .run(loaded, text(options.file()), invocation);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be read again.".formatted(file), e);
    }
  }
}

package dev.sluice.runners.cli;

import dev.sluice.pipelines.file.pages.JsonSchema;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "schema", description = "Prints the JSON Schema of the pipeline file.")
final class SchemaCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli fills it; every command takes these options
  private GlobalOptions global = new GlobalOptions();

  SchemaCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(JsonSchema.of(services.registry()));
    return ExitCode.DONE;
  }
}

package dev.sluice.runners.cli.models;

import dev.sluice.runners.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about one model directory; by itself it says which there are. */
@Command(
    name = "model",
    description =
        "Works with a model directory: inspect, generate, score, serve, tokenize, convert.",
    synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show the commands.")
  private boolean help;

  private ModelCommand() {}

  boolean help() {
    return help;
  }

  /** With its commands, in the order of the help. */
  public static CommandLine with(Terminal terminal) {
    return new CommandLine(new ModelCommand())
        .addSubcommand(new ModelInfoCommand(terminal))
        .addSubcommand(new ModelTokenizeCommand(terminal))
        .addSubcommand(new ModelScoreCommand(terminal))
        .addSubcommand(new ModelGenerateCommand(terminal))
        .addSubcommand(new ModelServeCommand(terminal))
        .addSubcommand(new ModelConvertCommand(terminal));
  }
}

package dev.sluice.runners.cli.models;

import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about prompts; by itself it says which there are. */
@Command(
    name = "prompts",
    description = "Lists and prints built-in prompts, and tries a prompt on a row.",
    synopsisSubcommandLabel = "COMMAND")
public final class PromptsCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show the commands.")
  private boolean help;

  private PromptsCommand() {}

  boolean help() {
    return help;
  }

  /** With its commands, in the order of the help. */
  public static CommandLine with(Services services, Terminal terminal) {
    return new CommandLine(new PromptsCommand())
        .addSubcommand(new PromptsListCommand(terminal))
        .addSubcommand(new PromptsShowCommand(terminal))
        .addSubcommand(new PromptsTryCommand(services, terminal));
  }
}

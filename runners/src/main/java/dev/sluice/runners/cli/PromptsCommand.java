package dev.sluice.runners.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about prompts; by itself it says which there are. */
@Command(
    name = "prompts",
    description = "Prompts as files: those of the program, and one tried on a row.",
    synopsisSubcommandLabel = "COMMAND")
final class PromptsCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows the commands.")
  private boolean help;

  private PromptsCommand() {}

  boolean help() {
    return help;
  }

  /** With its commands, in the order of the help. */
  static CommandLine with(Services services, Terminal terminal) {
    return new CommandLine(new PromptsCommand())
        .addSubcommand(new PromptsListCommand(terminal))
        .addSubcommand(new PromptsShowCommand(terminal))
        .addSubcommand(new PromptsTryCommand(services, terminal));
  }
}

package dev.sluice.runners.cli.schedule;

import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about schedules; by itself it says which there are. */
@Command(
    name = "schedule",
    description = "Manages scheduled pipelines (the 'schedule' block of pipeline files).",
    synopsisSubcommandLabel = "COMMAND")
public final class ScheduleCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show the commands.")
  private boolean help;

  private ScheduleCommand() {}

  boolean help() {
    return help;
  }

  /** With its commands, in the order of the help. */
  public static CommandLine with(Services services, Terminal terminal) {
    return new CommandLine(new ScheduleCommand())
        .addSubcommand(new ScheduleAddCommand(services, terminal))
        .addSubcommand(new ScheduleListCommand(services, terminal))
        .addSubcommand(new ScheduleStateCommand.Pause(services, terminal))
        .addSubcommand(new ScheduleStateCommand.Resume(services, terminal))
        .addSubcommand(new ScheduleStateCommand.Remove(services, terminal))
        .addSubcommand(new ScheduleNextCommand(services, terminal))
        .addSubcommand(new ScheduleBackfillCommand(services, terminal));
  }
}

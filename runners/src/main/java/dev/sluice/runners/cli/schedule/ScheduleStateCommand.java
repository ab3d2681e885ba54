package dev.sluice.runners.cli.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The commands that change whether a schedule fires. */
abstract class ScheduleStateCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "NAME", description = "The schedule's name.")
  private String name = "";

  ScheduleStateCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  /** Does it; gives what to say. */
  abstract String change(ScheduleTables tables, LedgerSchedule schedule);

  @Override
  public Integer call() {
    String said =
        new Schedules(global, services)
            .with(tables -> change(tables, Schedules.named(tables, name)));
    if (global.json()) {
      terminal
          .out()
          .println(JsonNodeFactory.instance.objectNode().put("name", name).put("done", said));
    } else {
      terminal.out().println(said);
    }
    return ExitCode.DONE;
  }

  private static void pause(ScheduleTables tables, LedgerSchedule schedule, boolean paused) {
    if (!tables.change(schedule, schedule.paused(paused), List.of())) {
      throw new UserMistake(
          "The schedule %s was changed by another process; try again.".formatted(schedule.name()));
    }
  }

  @Command(name = "pause", description = "Pauses a schedule until it is resumed.")
  static final class Pause extends ScheduleStateCommand {
    Pause(Services services, Terminal terminal) {
      super(services, terminal);
    }

    @Override
    String change(ScheduleTables tables, LedgerSchedule schedule) {
      pause(tables, schedule, true);
      return "paused %s; an active run continues".formatted(schedule.name());
    }
  }

  @Command(
      name = "resume",
      description =
          "Resumes a paused schedule. Its 'catch_up' decides which missed runs are started.")
  static final class Resume extends ScheduleStateCommand {
    Resume(Services services, Terminal terminal) {
      super(services, terminal);
    }

    @Override
    String change(ScheduleTables tables, LedgerSchedule schedule) {
      if (!schedule.paused()) {
        return "%s is not paused".formatted(schedule.name());
      }
      pause(tables, schedule, false);
      return "resumed %s".formatted(schedule.name());
    }
  }

  @Command(
      name = "remove",
      description = "Removes a schedule. Its runs are kept; waiting runs are cancelled.")
  static final class Remove extends ScheduleStateCommand {
    Remove(Services services, Terminal terminal) {
      super(services, terminal);
    }

    @Override
    String change(ScheduleTables tables, LedgerSchedule schedule) {
      tables.remove(schedule.name());
      return "removed %s; an active run continues".formatted(schedule.name());
    }
  }
}

package dev.sluice.runners.cli.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.pipelines.schedule.Backfill;
import dev.sluice.pipelines.schedule.ScheduledFile;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backfill",
    description =
        "Asks the daemon to run all scheduled times in a range, including past ones. The request is stored in the ledger and survives restarts.")
final class ScheduleBackfillCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "NAME", description = "The schedule's name.")
  private String name = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description =
          "Start of the range, included: 2027-03-01 or 2027-03-01T06:00 in the schedule's time zone.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "End of the range, excluded; a date excludes the whole day.")
  private String to = "";

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "Maximum number of these runs at the same time (default: 1).")
  private int atOnce = 1;

  @Option(
      names = "--reprocess",
      paramLabel = "WHICH",
      description =
          "Times to run again: none, failed, or completed (failed and successful) (default: none).")
  private Reprocess reprocess = Reprocess.NONE;

  @Option(names = "--dry-run", description = "Only print which times would run.")
  private boolean dryRun;

  /** Which times run again. */
  enum Reprocess {
    NONE,
    FAILED,
    COMPLETED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ScheduleBackfillCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (atOnce < 1) {
      throw new UserMistake("--at-once is at least 1, not %d.".formatted(atOnce));
    }
    Schedules schedules = new Schedules(global, services);
    boolean[] served = new boolean[1];
    Backfill done =
        schedules.with(
            tables -> {
              served[0] = !tables.daemons().isEmpty();
              return backfill(tables, schedules);
            });
    say(done, served[0]);
    return ExitCode.DONE;
  }

  private Backfill backfill(ScheduleTables tables, Schedules schedules) {
    LedgerSchedule schedule = Schedules.named(tables, name);
    ScheduledFile file = schedules.file(Path.of(schedule.file()));
    ZoneId zone = ZoneId.of(file.schedule().timeZone());
    try {
      return Backfill.of(
          tables,
          file,
          moment("--from", from, zone),
          moment("--to", to, zone),
          Backfill.Again.valueOf(reprocess.name()),
          atOnce,
          dryRun);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }

  private static Instant moment(String option, String text, ZoneId zone) {
    Instant moment = Backfill.moment(text, zone);
    if (moment == null) {
      throw new UserMistake(
          "%s is a day or a time such as 2027-03-01 or 2027-03-01T06:00, not '%s'."
              .formatted(option, text));
    }
    return moment;
  }

  private void say(Backfill done, boolean served) {
    if (global.json()) {
      ObjectNode json =
          JsonNodeFactory.instance.objectNode().put("name", name).put("dry_run", dryRun);
      list(json.putArray("fires"), done.fires());
      list(json.putArray("left_out"), done.leftOut());
      terminal.out().println(json);
      return;
    }
    done.fires().forEach(fire -> terminal.out().println(fire));
    String last = leftOut(done.leftOut());
    terminal
        .out()
        .printf(
            "%d fires of %s%s%s%n",
            done.fires().size(), name, dryRun ? " would run" : " wait", last);
    if (!dryRun && !served && !done.fires().isEmpty()) {
      terminal.out().println("No daemon is there to run them; start one with 'sluice serve'.");
    }
  }

  private static void list(ArrayNode array, List<Instant> fires) {
    fires.forEach(fire -> array.add(fire.toString()));
  }

  private static String leftOut(@Nullable List<Instant> fires) {
    return fires == null || fires.isEmpty()
        ? ""
        : "; %d ran already, wait or run (--reprocess)".formatted(fires.size());
  }
}

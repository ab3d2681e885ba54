package dev.sluice.runners.cli.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.pipelines.schedule.ScheduledFile;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "Lists all schedules with state, next and last scheduled run.")
public final class ScheduleListCommand implements Callable<Integer> {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  ScheduleListCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  /**
   * A schedule with its fires.
   *
   * @param next null if there is none, or it is paused or broken
   * @param last null if it never fired
   * @param lateness seconds by which the last one started late, or one that waits is late by now
   */
  private record Line(
      LedgerSchedule schedule,
      String state,
      @Nullable String problem,
      @Nullable Instant next,
      @Nullable String nextShown,
      @Nullable LedgerFire last,
      double lateness) {}

  @Override
  public Integer call() {
    Schedules schedules = new Schedules(global, services);
    List<Line> lines = schedules.possible() ? schedules.with(this::lines) : List.of();
    if (global.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ArrayNode list = json.putArray("schedules");
      lines.forEach(line -> list.add(json(line)));
      terminal.out().println(json);
    } else if (lines.isEmpty()) {
      terminal.out().println("There are no schedules. Add one with 'sluice schedule add FILE'.");
    } else {
      show(lines);
    }
    return ExitCode.DONE;
  }

  private List<Line> lines(ScheduleTables tables) {
    List<LedgerFire> open = tables.open();
    List<Line> lines = new ArrayList<>();
    for (LedgerSchedule schedule : tables.schedules()) {
      lines.add(line(schedule, tables.last(schedule.name()).orElse(null), open));
    }
    return lines;
  }

  private Line line(LedgerSchedule schedule, @Nullable LedgerFire last, List<LedgerFire> open) {
    String problem = null;
    Optional<Instant> next = Optional.empty();
    String shown = null;
    try {
      ScheduledFile file =
          ScheduledFile.load(
              Path.of(schedule.file()), Instant.now(), System.getenv(), services.registry());
      if (!schedule.paused()) {
        next = file.times().next(Instant.now());
        shown = next.map(time -> local(file.schedule(), time)).orElse("with new data");
      }
    } catch (ScheduledFile.Unfit e) {
      problem = e.getMessage();
    }
    String state = problem != null ? "broken" : schedule.paused() ? "paused" : "active";
    return new Line(
        schedule, state, problem, next.orElse(null), shown, last, lateness(schedule, last, open));
  }

  private static double lateness(
      LedgerSchedule schedule, @Nullable LedgerFire last, List<LedgerFire> open) {
    Instant now = Instant.now();
    for (LedgerFire fire : open) {
      if (fire.schedule().equals(schedule.name())
          && fire.state() == LedgerFire.State.WAITING
          && fire.notBefore().isBefore(now)) {
        return Duration.between(fire.notBefore(), now).toMillis() / 1000.0;
      }
    }
    return last == null || last.started() == null
        ? 0
        : Math.max(0, Duration.between(last.notBefore(), last.started()).toMillis() / 1000.0);
  }

  private static ObjectNode json(Line line) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", line.schedule().name())
            .put("file", line.schedule().file())
            .put("state", line.state())
            .put("problem", line.problem())
            .put("next", line.next() == null ? null : line.next().toString())
            .put("lateness_seconds", line.lateness());
    LedgerFire last = line.last();
    if (last == null) {
      json.putNull("last");
    } else {
      json.putObject("last")
          .put("due", last.due().toString())
          .put("state", label(last.state()))
          .put("run_id", last.runId())
          .put("reason", last.reason());
    }
    return json;
  }

  private void show(List<Line> lines) {
    TextTable table = new TextTable("schedule", "state", "next", "last due", "it", ">late", "file");
    for (Line line : lines) {
      LedgerFire last = line.last();
      table.row(
          line.schedule().name(),
          line.state(),
          line.nextShown() == null ? "" : line.nextShown(),
          last == null ? "" : last.due().toString(),
          last == null ? "" : label(last.state()),
          last == null && line.lateness() == 0 ? "" : Numbers.time(line.lateness()),
          line.schedule().file());
    }
    terminal.out().print(table);
    for (Line line : lines) {
      if (line.problem() != null) {
        terminal.out().printf("%s: %s%n", line.schedule().name(), line.problem());
      }
    }
  }

  public static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A moment in the schedule's zone. */
  static String local(Schedule schedule, Instant time) {
    return LOCAL.format(time.atZone(ZoneId.of(schedule.timeZone())));
  }
}

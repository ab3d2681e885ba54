package dev.sluice.runners.cli.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.schedule.FireTimes;
import dev.sluice.runners.cli.run.FileOptions;
import dev.sluice.runners.cli.run.PipelineLoader;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "next", description = "Prints the next times at which a file's schedule runs it.")
final class ScheduleNextCommand implements Callable<Integer> {
  private static final int MAX = 10_000;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private FileOptions options = new FileOptions();

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "Number of times to print, at most 10000 (default: 5).")
  private int count = 5;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "Print the times after this instant, such as 2027-03-28T00:00:00Z (default: now).")
  private @Nullable String from;

  ScheduleNextCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (count < 1 || count > MAX) {
      throw new UserMistake(
          "-n is how many times to show, from 1 to %d, but is %d.".formatted(MAX, count));
    }
    Instant after = from == null ? Instant.now() : instant(from);
    Optional<PipelineSpec> spec =
        PipelineLoader.checked(
            PipelineLoader.loadScheduled(options, services.registry()), terminal, global);
    if (spec.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    Schedule schedule = spec.get().schedule();
    if (schedule == null) {
      throw new UserMistake(
          "%s has no schedule; give it a block such as 'schedule: {cron: \"0 2 * * *\", time_zone: Europe/Zurich}'."
              .formatted(options.file()));
    }
    List<Instant> fires = FireTimes.of(schedule).between(after, Instant.MAX, count);
    if (global.json()) {
      terminal.out().println(json(fires));
    } else {
      show(schedule, after, fires);
    }
    return ExitCode.DONE;
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new UserMistake(
          "--from must be a time with its offset, such as 2027-03-28T00:00:00Z or 2027-03-28T01:00:00+01:00, but is '%s'."
              .formatted(text));
    }
  }

  private static ObjectNode json(List<Instant> fires) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("fires");
    fires.forEach(fire -> list.add(fire.toString()));
    return json;
  }

  private void show(Schedule schedule, Instant after, List<Instant> fires) {
    if (fires.isEmpty()) {
      terminal
          .out()
          .println(
              schedule.cron() == null && schedule.every() == null
                  ? "The schedule has no times: it runs when there is new data in '%s'."
                      .formatted(schedule.onNewData())
                  : "The schedule has no time after %s: it ends at %s."
                      .formatted(after, schedule.end()));
      return;
    }
    TextTable table = new TextTable("in " + schedule.timeZone(), "in UTC");
    ZoneId zone = ZoneId.of(schedule.timeZone());
    fires.forEach(fire -> table.row(LOCAL.format(fire.atZone(zone)), fire.toString()));
    terminal.out().print(table);
  }
}

package dev.sluice.runners.cli.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.schedule.LastGoodFiles;
import dev.sluice.pipelines.schedule.ScheduledFile;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description =
        "Schedules a pipeline file under the name of its pipeline, or updates its schedule. Past times do not run.")
final class ScheduleAddCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "FILE", description = "Pipeline file with a 'schedule' block.")
  private Path path = Path.of("");

  ScheduleAddCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Schedules schedules = new Schedules(global, services);
    ScheduledFile file = schedules.file(path);
    ArtifactStore.open(global.workspace()).prepare();
    Instant now = Instant.now();
    LedgerSchedule fresh =
        new LedgerSchedule(
            file.name(), file.file().toString(), file.timesText(), false, now, null, null, 0);
    Optional<LedgerSchedule> before =
        schedules.with(
            tables -> {
              Optional<LedgerSchedule> known = tables.schedule(file.name());
              if (known.isEmpty()) {
                boolean unused = tables.add(fresh);
              } else {
                LedgerSchedule after =
                    known.get().decided(now).timed(fresh.times()).in(fresh.file()).with(null);
                if (!tables.change(known.get(), after, List.of())) {
                  throw new UserMistake(
                      "The schedule %s was changed by another process; add it again."
                          .formatted(file.name()));
                }
              }
              return known;
            });
    try {
      new LastGoodFiles(global.workspace().localFolder())
          .keep(file.file(), Files.readString(file.file()));
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be read again.".formatted(path), e);
    }
    say(file, before, now);
    return ExitCode.DONE;
  }

  private void say(ScheduledFile file, Optional<LedgerSchedule> before, Instant now) {
    Optional<Instant> next = file.times().next(now);
    if (global.json()) {
      terminal
          .out()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("name", file.name())
                  .put("file", file.file().toString())
                  .put("added", before.isEmpty())
                  .put("next", next.map(Instant::toString).orElse(null)));
      return;
    }
    String when =
        next.map(time -> "next at " + ScheduleListCommand.local(file.schedule(), time))
            .orElse("it has no times; it waits for new data");
    terminal
        .out()
        .printf("%s schedule %s: %s%n", before.isEmpty() ? "added" : "updated", file.name(), when);
    before
        .filter(known -> !known.file().equals(file.file().toString()))
        .ifPresent(known -> terminal.out().printf("before, it ran %s%n", known.file()));
    terminal.out().println("'sluice serve' runs what is scheduled.");
  }
}

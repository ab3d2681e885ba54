package dev.sluice.runners.cli.schedule;

import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.pipelines.schedule.ScheduledFile;
import dev.sluice.runners.cli.LedgerCommand;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.UnknownName;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What commands on schedules share: the ledger's tables, and sentences for what is not there. */
public final class Schedules {
  private final GlobalOptions global;
  private final Services services;

  Schedules(GlobalOptions global, Services services) {
    this.global = global;
    this.services = services;
  }

  /** Whether there can be any; nothing is made where there is no workspace. */
  boolean possible() {
    return Files.isDirectory(global.workspace().localFolder());
  }

  /** Asks or changes the tables. */
  <T> T with(Function<ScheduleTables, T> work) {
    if (!possible()) {
      throw new UserMistake(
          "There is no workspace %s, and so no schedule. Add one with 'sluice schedule add FILE', or name another with --workspace."
              .formatted(global.workspace()));
    }
    try (Ledger ledger = Ledger.open(LedgerCommand.place(global))) {
      return work.apply(ledger.schedules());
    }
  }

  /** The schedule of a name, or a sentence that says which there are. */
  public static LedgerSchedule named(ScheduleTables tables, String name) {
    return tables
        .schedule(name)
        .orElseThrow(
            () -> {
              List<String> names = tables.schedules().stream().map(LedgerSchedule::name).toList();
              return new UserMistake(
                  names.isEmpty()
                      ? "There are no schedules. Add one with 'sluice schedule add FILE'."
                      : "There is no schedule '%s'; %s"
                          .formatted(name, UnknownName.nearest(name, names)));
            });
  }

  /** The file as its schedule sees it, or its mistakes. */
  ScheduledFile file(Path path) {
    try {
      return ScheduledFile.load(path, Instant.now(), System.getenv(), services.registry());
    } catch (ScheduledFile.Unfit e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }
}

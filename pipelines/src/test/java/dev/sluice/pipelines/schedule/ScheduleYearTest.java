package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.ledger.LedgerPlace;
import dev.sluice.pipelines.store.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ScheduleYearTest extends ScheduleYearContract {
  private final Path workspace;

  ScheduleYearTest(@TempDir Path workspace) {
    this.workspace = workspace;
  }

  @Override
  LedgerPlace place() {
    return LedgerPlace.of(Workspace.of(workspace));
  }

  @Override
  int daemonsAtOnce() {
    return 1;
  }
}

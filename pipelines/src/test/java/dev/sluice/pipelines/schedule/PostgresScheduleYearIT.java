package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.ledger.LedgerPlace;
import dev.sluice.pipelines.ledger.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Two daemons at once on a real server, which {@code ./dev ledger} starts. */
final class PostgresScheduleYearIT extends ScheduleYearContract {
  private final LedgerPlace place;

  PostgresScheduleYearIT(@TempDir Path workspace) {
    place = PostgresServer.freshLedger(workspace, "schedules");
  }

  @Override
  LedgerPlace place() {
    return place;
  }

  @Override
  int daemonsAtOnce() {
    return 2;
  }
}

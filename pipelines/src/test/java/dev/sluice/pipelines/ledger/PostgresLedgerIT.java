package dev.sluice.pipelines.ledger;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a real server, which {@code ./dev ledger} starts. Each test has a database of its
 * own.
 */
final class PostgresLedgerIT extends LedgerContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final String database = "ledger_" + DATABASES.incrementAndGet();
  private final String url;

  PostgresLedgerIT(@TempDir Path folder) {
    super(folder.resolve("workspace"));
    url = PostgresServer.freshDatabase(database);
  }

  @Override
  String url() {
    return url;
  }

  @Override
  void breakDown() {
    PostgresServer.administer(
        "ALTER DATABASE %s WITH ALLOW_CONNECTIONS false".formatted(database),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(database));
  }

  @Override
  void mend() {
    PostgresServer.administer("ALTER DATABASE %s WITH ALLOW_CONNECTIONS true".formatted(database));
  }

  @Override
  String brokenDown() {
    return "opened: FATAL: database \"%s\" is not currently accepting connections"
        .formatted(database);
  }
}

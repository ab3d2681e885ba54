package dev.sluice.pipelines.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a real server, which {@code ./dev ledger} starts. Each test has a database of its
 * own.
 */
final class PostgresLedgerIT extends LedgerContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** URL of the server up to the name of a database. */
  private static final String SERVER = server();

  private final String database = "ledger_" + DATABASES.incrementAndGet();

  PostgresLedgerIT(@TempDir Path folder) {
    super(folder.resolve("workspace"));
    administer(
        "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database),
        "CREATE DATABASE " + database);
  }

  private static String server() {
    String server = System.getProperty("sluice.postgres");
    if (server == null) {
      throw new IllegalStateException(
          "The system property sluice.postgres names no server, such as jdbc:postgresql://127.0.0.1:5432/; './dev ledger' starts one.");
    }
    return server;
  }

  @Override
  String url() {
    return SERVER + database + "?user=sluice";
  }

  @Override
  void breakDown() {
    administer(
        "ALTER DATABASE %s WITH ALLOW_CONNECTIONS false".formatted(database),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(database));
  }

  @Override
  void mend() {
    administer("ALTER DATABASE %s WITH ALLOW_CONNECTIONS true".formatted(database));
  }

  @Override
  String brokenDown() {
    return "opened: FATAL: database \"%s\" is not currently accepting connections"
        .formatted(database);
  }

  private static void administer(String... commands) {
    try (Connection connection = Dialect.POSTGRESQL.connect(SERVER + "postgres?user=sluice");
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

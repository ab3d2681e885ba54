package dev.sluice.pipelines.ledger;

import dev.sluice.pipelines.store.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The server that {@code ./dev ledger} starts for tests. */
public final class PostgresServer {
  private PostgresServer() {}

  /** URL of the server up to the name of a database. */
  private static String server() {
    String server = System.getProperty("sluice.postgres");
    if (server == null) {
      throw new IllegalStateException(
          "The system property sluice.postgres names no server, such as jdbc:postgresql://127.0.0.1:5432/; './dev ledger' starts one.");
    }
    return server;
  }

  /** URL of a database that is empty. */
  static String freshDatabase(String name) {
    administer(
        "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name), "CREATE DATABASE " + name);
    return server() + name + "?user=sluice";
  }

  /** The ledger of a workspace in a database that is empty. */
  public static LedgerPlace freshLedger(Path workspace, String name) {
    return LedgerPlace.of(Workspace.of(workspace), freshDatabase(name));
  }

  static void administer(String... commands) {
    try (Connection connection = Dialect.POSTGRESQL.connect(server() + "postgres?user=sluice");
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

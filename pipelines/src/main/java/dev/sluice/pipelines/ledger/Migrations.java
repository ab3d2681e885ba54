package dev.sluice.pipelines.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Brings a ledger's tables to the newest version: numbered files of SQL, each applied once, all in
 * one transaction. A file that was released is never changed; the next change is a file of its own.
 */
final class Migrations {
  /** The files; the version of a ledger is the number of those that were applied. */
  static final List<String> ALL = List.of("001-runs.sql", "002-artifacts.sql", "003-schedules.sql");

  private Migrations() {}

  /**
   * Applies those of the files that a ledger lacks.
   *
   * @throws LedgerException if a newer program wrote it
   */
  static void apply(Connection connection, LedgerPlace place, List<String> files)
      throws SQLException {
    if (missing(version(connection, place), place, files).isEmpty()) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      place.dialect().lockForMigration(statement);
      statement.executeUpdate(
          "CREATE TABLE IF NOT EXISTS ledger_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)");
      // Somebody else may have applied them while this process waited for the lock.
      for (String file : missing(version(connection, place), place, files)) {
        for (String sql : statements(file)) {
          statement.executeUpdate(sql);
        }
        note(connection, files.indexOf(file) + 1, file);
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static List<String> missing(int version, LedgerPlace place, List<String> files) {
    if (version > files.size()) {
      throw new LedgerException(
          "The ledger %s has version %d; this Sluice knows versions up to %d. Use a newer Sluice, or name another ledger in %s."
              .formatted(place.name(), version, files.size(), LedgerPlace.VARIABLE));
    }
    return files.subList(version, files.size());
  }

  /** How many of the files were applied; 0 for an empty database. */
  static int version(Connection connection, LedgerPlace place) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT max(version) FROM ledger_versions")) {
      return found.next() ? found.getInt(1) : 0;
    } catch (SQLException e) {
      if (place.dialect().tableIsMissing(e)) {
        return 0;
      }
      throw e;
    }
  }

  private static void note(Connection connection, int version, String file) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO ledger_versions (version, name, applied) VALUES (?, ?, ?)")) {
      statement.setInt(1, version);
      statement.setString(2, file);
      statement.setString(3, Instant.now().toString());
      statement.executeUpdate();
    }
  }

  private static List<String> statements(String file) {
    try (InputStream stream = Migrations.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("The program lacks its file %s.".formatted(file));
      }
      String sql =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
      return Arrays.stream(sql.split(";\\s*\n", -1)).filter(each -> !each.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The program's file %s cannot be read.".formatted(file), e);
    }
  }
}

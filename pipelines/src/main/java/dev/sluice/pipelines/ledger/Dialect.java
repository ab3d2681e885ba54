package dev.sluice.pipelines.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** In what the databases differ; the statements are the same for both. */
enum Dialect {
  /** A file. Readers and one writer at a time; another writer waits two seconds for its turn. */
  SQLITE {
    @Override
    Connection connect(String url) throws SQLException {
      SQLiteConfig config = new SQLiteConfig();
      config.setBusyTimeout(2000);
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      // What a loss of power takes from the end of the log is read again from the folders.
      config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
      config.enforceForeignKeys(true);
      // A transaction that reads first and writes later could not be made to wait.
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
      return JDBC.createConnection(url, config.toProperties());
    }

    @Override
    void lockForMigration(Statement statement) {
      // The transaction itself is the lock.
    }

    @Override
    boolean tableIsMissing(SQLException error) {
      return String.valueOf(error.getMessage()).contains("no such table");
    }

    @Override
    List<String> problems(Connection connection) throws SQLException {
      List<String> problems = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
        while (rows.next()) {
          String said = String.valueOf(rows.getString(1));
          if (!said.equals("ok")) {
            problems.addAll(said.lines().filter(line -> !line.startsWith("***")).toList());
          }
        }
      }
      return problems;
    }

    @Override
    boolean damaged(SQLException error) {
      return error.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code
          || error.getErrorCode() == SQLiteErrorCode.SQLITE_CORRUPT.code;
    }

    @Override
    boolean locked(SQLException error) {
      return error.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code
          || error.getErrorCode() == SQLiteErrorCode.SQLITE_LOCKED.code;
    }
  },

  /** A server, for several machines or several schedulers. */
  POSTGRESQL {
    /** Any number that nobody else in the database is likely to use: "sluice" in ASCII. */
    private static final long ADVISORY_LOCK = 0x736c75696365L;

    @Override
    Connection connect(String url) throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("ApplicationName", "sluice");
      // Seconds. A server that does not answer must not hold up the end of a run.
      properties.setProperty("connectTimeout", "3");
      properties.setProperty("loginTimeout", "5");
      properties.setProperty("socketTimeout", "10");
      Connection connection = new org.postgresql.Driver().connect(url, properties);
      if (connection == null) {
        throw new SQLException("the driver does not know the URL");
      }
      return connection;
    }

    @Override
    void lockForMigration(Statement statement) throws SQLException {
      boolean unused = statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
    }

    @Override
    boolean tableIsMissing(SQLException error) {
      return "42P01".equals(error.getSQLState());
    }

    @Override
    List<String> problems(Connection connection) {
      return List.of(); // A server looks after its files.
    }

    @Override
    boolean damaged(SQLException error) {
      return false;
    }

    @Override
    boolean locked(SQLException error) {
      return "55P03".equals(error.getSQLState());
    }
  };

  abstract Connection connect(String url) throws SQLException;

  /** Has other processes wait that want to migrate at the same time. */
  abstract void lockForMigration(Statement statement) throws SQLException;

  abstract boolean tableIsMissing(SQLException error);

  /** What the database finds wrong with its own file. */
  abstract List<String> problems(Connection connection) throws SQLException;

  abstract boolean damaged(SQLException error);

  abstract boolean locked(SQLException error);
}

package dev.sluice.methods.sql;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * A SQLite database, opened for reading alone: no statement but one query, no second database, no
 * extension, no setting. Not for several threads.
 */
public final class SqlDatabase implements AutoCloseable {
  private static final int CHECKED_EVERY = 1000;

  /** Longest value and row, in bytes: functions such as instr take the square of it. */
  private static final int MAX_VALUE = 100_000;

  private static final int MAX_QUERY = 50_000;
  private static final int MAX_EXPRESSION_DEPTH = 200;
  private static final int MAX_PATTERN = 200;

  /** Characters of a result that are kept. */
  private static final long MAX_RESULT = 20_000_000;

  private static final String NAMES =
      "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p "
          + "WHERE m.type IN ('table', 'view')";

  private final Connection connection;
  private final Path file;

  private SqlDatabase(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws IllegalStateException if it is no database
   */
  public static SqlDatabase open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.enableLoadExtension(false);
    // Large sorts go to a temporary file rather than to memory. The limits bound operations and
    // seconds, not the size of that file.
    config.setTempStore(SQLiteConfig.TempStore.FILE);
    // Immutable: a journal of another process is neither read nor made.
    String url = "jdbc:sqlite:" + file.toUri() + "?mode=ro&immutable=1";
    Connection connection;
    try {
      connection = config.createConnection(url);
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
    try {
      SQLiteConnection limits = connection.unwrap(SQLiteConnection.class);
      limits.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
      limits.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MAX_VALUE);
      limits.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, MAX_QUERY);
      limits.setLimit(SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, MAX_EXPRESSION_DEPTH);
      limits.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MAX_PATTERN);
      return new SqlDatabase(connection, file);
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException close) {
        e.addSuppressed(close);
      }
      throw unreadable(file, e);
    }
  }

  private static IllegalStateException unreadable(Path file, SQLException e) {
    return new IllegalStateException(
        "Opening the database %s: %s. Name a SQLite file that this user can read."
            .formatted(file, e.getMessage()),
        e);
  }

  /** The names of all tables, views and columns, in lower case. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NAMES)) {
      while (rows.next()) {
        names.add(rows.getString(1).toLowerCase(Locale.ROOT));
        names.add(rows.getString(2).toLowerCase(Locale.ROOT));
      }
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
    return names;
  }

  /** Runs a query within limits; a failure is part of the result. */
  public SqlResult run(String sql, SqlLimits limits) {
    String objection = SqlText.of(sql).objection();
    if (!objection.isEmpty()) {
      return SqlResult.failed("the query " + objection);
    }
    Watch watch = new Watch(limits);
    try (Statement statement = connection.createStatement()) {
      ProgressHandler.setHandler(connection, CHECKED_EVERY, watch);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return read(rows, limits);
      } finally {
        ProgressHandler.clearHandler(connection);
      }
    } catch (SQLException e) {
      String exceeded = watch.exceeded;
      return SqlResult.failed(exceeded == null ? String.valueOf(e.getMessage()) : exceeded);
    }
  }

  private static SqlResult read(ResultSet found, SqlLimits limits) throws SQLException {
    int columns = found.getMetaData().getColumnCount();
    List<List<String>> rows = new ArrayList<>();
    long size = 0;
    while (found.next()) {
      if (rows.size() == limits.rows()) {
        return SqlResult.failed("more than %d rows".formatted(limits.rows()));
      }
      List<String> row = new ArrayList<>(columns);
      for (int column = 1; column <= columns; column++) {
        row.add(value(found.getObject(column)));
        size += row.get(column - 1).length();
      }
      if (size > MAX_RESULT) {
        return SqlResult.failed("a result of more than %d characters".formatted(MAX_RESULT));
      }
      rows.add(row);
    }
    return new SqlResult(rows, null);
  }

  /** A value as a text that differs by type: 1 and 1.0 are equal, 1 and '1' are not. */
  private static String value(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Number number) {
      double real = number.doubleValue();
      return number instanceof Double && !Double.isFinite(real)
          ? "n" + real
          : "n" + new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
    return "t" + value;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /** Stops a query that takes too much. */
  private static final class Watch extends ProgressHandler {
    private final SqlLimits limits;
    private final long begun = System.nanoTime();
    private long operations;
    private @Nullable String exceeded;

    Watch(SqlLimits limits) {
      this.limits = limits;
    }

    @Override
    protected int progress() {
      operations += CHECKED_EVERY;
      if (operations > limits.operations()) {
        exceeded = "more than %d operations".formatted(limits.operations());
      } else if (System.nanoTime() - begun > limits.seconds() * 1_000_000_000L) {
        exceeded = "more than %d seconds".formatted(limits.seconds());
      }
      return exceeded == null ? 0 : 1;
    }
  }
}

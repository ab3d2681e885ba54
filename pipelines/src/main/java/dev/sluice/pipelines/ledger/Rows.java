package dev.sluice.pipelines.ledger;

import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of the ledger as records: a column for each component, and the workspace before them. */
final class Rows<R extends Record> {
  private final String table;
  private final RecordSchema<R> schema;
  private final List<Integer> keys;
  private final String upsert;
  private final String insert;
  private final String replace;
  private final String select;

  /**
   * A table.
   *
   * @param keys names of the columns that, with the workspace, tell its rows apart
   */
  Rows(String table, Class<R> type, List<String> keys) {
    this.table = table;
    this.schema = RecordSchema.of(type);
    List<String> columns = schema.names();
    this.select =
        "SELECT %s FROM %s WHERE workspace = ?".formatted(String.join(", ", columns), table);
    String added =
        "INSERT INTO %s (workspace, %s) VALUES (?%s) ON CONFLICT (workspace, %s) DO "
            .formatted(
                table,
                String.join(", ", columns),
                ", ?".repeat(columns.size()),
                String.join(", ", keys));
    this.insert = added + "NOTHING";
    this.upsert =
        added
            + columns.stream()
                .filter(column -> !keys.contains(column))
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", ", "UPDATE SET ", ""));
    this.replace =
        "UPDATE %s SET %s WHERE workspace = ? AND %s AND changes = ?"
            .formatted(
                table,
                columns.stream().map(column -> column + " = ?").collect(Collectors.joining(", ")),
                keys.stream().map(key -> key + " = ?").collect(Collectors.joining(" AND ")));
    this.keys = keys.stream().map(columns::indexOf).toList();
  }

  /** Adds a row, or replaces the one with its keys. */
  void put(Connection connection, String workspace, R row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      statement.setString(1, workspace);
      bind(statement, 2, row);
      statement.executeUpdate();
    }
  }

  /** Adds a row, unless there is one with its keys; says whether it did. */
  boolean insert(Connection connection, String workspace, R row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, workspace);
      bind(statement, 2, row);
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * Puts a row in place of the one with its keys, if nobody else has changed that; says whether it
   * did. For tables with a column {@code changes}.
   *
   * @param changes what the column was when the row was read
   */
  boolean replace(Connection connection, String workspace, R row, long changes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(replace)) {
      bind(statement, 1, row);
      int next = schema.fields().size() + 1;
      statement.setString(next++, workspace);
      for (int key : keys) {
        statement.setObject(next++, value(schema.fields().get(key), row));
      }
      statement.setLong(next, changes);
      return statement.executeUpdate() == 1;
    }
  }

  private void bind(PreparedStatement statement, int from, R row) throws SQLException {
    int next = from;
    for (RecordSchema.Field field : schema.fields()) {
      Object value = value(field, row);
      statement.setObject(next++, value instanceof String text ? storable(text) : value);
    }
  }

  /**
   * Rows of a workspace.
   *
   * @param rest what follows the condition on the workspace
   */
  List<R> read(Connection connection, String workspace, String rest, String... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select + " " + rest)) {
      bind(statement, workspace, arguments);
      List<R> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(row(found));
        }
      }
      return rows;
    }
  }

  /** Deletes rows of a workspace. */
  void delete(Connection connection, String workspace, String rest, String... arguments)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM " + table + " WHERE workspace = ? " + rest)) {
      bind(statement, workspace, arguments);
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, String workspace, String... arguments)
      throws SQLException {
    statement.setString(1, workspace);
    for (int i = 0; i < arguments.length; i++) {
      statement.setString(i + 2, arguments[i]);
    }
  }

  private R row(ResultSet found) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[schema.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(found, i + 1, schema.fields().get(i).type());
    }
    return schema.make(values);
  }

  private static @Nullable Object value(ResultSet found, int column, FieldType type)
      throws SQLException {
    if (type instanceof FieldType.Choice choice) {
      return constant(choice, String.valueOf(found.getString(column)));
    }
    return switch ((FieldType.Scalar) type) {
      case TEXT -> found.getString(column);
      case INSTANT -> instant(found.getString(column));
      case LONG -> found.getLong(column);
      case INT -> found.getInt(column);
      case DOUBLE -> found.getDouble(column);
      case BOOLEAN -> found.getBoolean(column);
      case FLOAT, ANY ->
          throw new IllegalStateException("A ledger has no columns of " + type + ".");
    };
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static Object constant(FieldType.Choice type, String label) {
    Object constant = type.constant(label.toLowerCase(Locale.ROOT));
    if (constant == null) {
      throw new LedgerException(
          "The ledger has the word '%s', which this Sluice does not know. Use a newer Sluice."
              .formatted(label));
    }
    return constant;
  }

  private static @Nullable Object value(RecordSchema.Field field, Record row) {
    Object value = field.get(row);
    if (value instanceof Enum<?> constant) {
      return FieldType.Choice.word(constant);
    }
    return value instanceof Instant ? value.toString() : value;
  }

  /** The text without what PostgreSQL refuses: the character 0 and halves of surrogate pairs. */
  private static String storable(String text) {
    int[] storable =
        text.codePoints()
            .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
            .toArray();
    return new String(storable, 0, storable.length);
  }
}

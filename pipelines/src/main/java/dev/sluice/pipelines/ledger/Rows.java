package dev.sluice.pipelines.ledger;

import dev.sluice.records.json.SnakeCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of the ledger as records: a column for each component, and the workspace before them. */
final class Rows<R extends Record> {
  private final String table;
  private final Class<R> type;
  private final RecordComponent[] components;
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
    this.type = type;
    this.components = type.getRecordComponents();
    List<String> columns =
        Arrays.stream(components).map(component -> SnakeCase.of(component.getName())).toList();
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
      int next = components.length + 1;
      statement.setString(next++, workspace);
      for (int key : keys) {
        statement.setObject(next++, value(components[key], row));
      }
      statement.setLong(next, changes);
      return statement.executeUpdate() == 1;
    }
  }

  private void bind(PreparedStatement statement, int from, R row) throws SQLException {
    for (int i = 0; i < components.length; i++) {
      Object value = value(components[i], row);
      statement.setObject(from + i, value instanceof String text ? storable(text) : value);
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
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(found, i + 1, components[i].getType());
    }
    try {
      Class<?>[] types =
          Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A row of %s cannot be made.".formatted(table), e);
    }
  }

  private static @Nullable Object value(ResultSet found, int column, Class<?> type)
      throws SQLException {
    if (type == String.class) {
      return found.getString(column);
    } else if (type == Instant.class) {
      String text = found.getString(column);
      return text == null ? null : Instant.parse(text);
    } else if (type.isEnum()) {
      return constant(type, found.getString(column));
    } else if (type == long.class) {
      return found.getLong(column);
    } else if (type == int.class) {
      return found.getInt(column);
    } else if (type == double.class) {
      return found.getDouble(column);
    } else if (type == boolean.class) {
      return found.getBoolean(column);
    }
    throw new IllegalStateException("A ledger has no columns of " + type + ".");
  }

  private static Object constant(Class<?> type, String label) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(label)) {
        return constant;
      }
    }
    throw new LedgerException(
        "The ledger has the word '%s', which this Sluice does not know. Use a newer Sluice."
            .formatted(label));
  }

  private static @Nullable Object value(RecordComponent component, Record row) {
    try {
      Object value = component.getAccessor().invoke(row);
      if (value instanceof Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
      }
      return value instanceof Instant ? value.toString() : value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The %s cannot be read.".formatted(component), e);
    }
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

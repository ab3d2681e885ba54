package dev.sluice.records.parquet;

import dev.sluice.records.Message;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table: a component of the row's record, under its name in snake_case.
 *
 * @param <R> the row
 */
public final class Column<R> {
  private final String name;
  private final Values<R, ?> values;
  private final boolean optional;
  private final boolean content;
  private final boolean unique;
  private final boolean added;
  private final String doc;

  private Column(
      String name,
      Values<R, ?> values,
      boolean optional,
      boolean content,
      boolean unique,
      boolean added,
      String doc) {
    this.name = name;
    this.values = values;
    this.optional = optional;
    this.content = content;
    this.unique = unique;
    this.added = added;
    this.doc = doc;
  }

  /** A column of texts. */
  public static <R> Column<R> text(String name, Function<R, String> value, String doc) {
    return of(name, PrimitiveType.TEXT, value, doc);
  }

  /** A column of truth values. */
  public static <R> Column<R> truth(String name, Function<R, Boolean> value, String doc) {
    return of(name, PrimitiveType.BOOLEAN, value, doc);
  }

  /** A column of numbers of double precision. */
  public static <R> Column<R> number(String name, Function<R, Double> value, String doc) {
    return of(name, PrimitiveType.DOUBLE, value, doc);
  }

  /** A column of lists of texts. */
  public static <R> Column<R> texts(String name, Function<R, List<String>> value, String doc) {
    return of(name, ColumnType.listOf(PrimitiveType.TEXT), value, doc);
  }

  /** A column of lists of truth values. */
  public static <R> Column<R> truths(String name, Function<R, List<Boolean>> value, String doc) {
    return of(name, ColumnType.listOf(PrimitiveType.BOOLEAN), value, doc);
  }

  /** A column of conversations. */
  public static <R> Column<R> messages(String name, Function<R, List<Message>> value, String doc) {
    List<Column<Message>> turn =
        List.of(
            text("role", Message::role, "Who speaks: system, user, assistant or tool."),
            text("content", Message::content, "What is said."));
    return of(name, ColumnType.listOf(ColumnType.struct(Message.class, turn)), value, doc);
  }

  /** A column of content whose values are never null. */
  static <R, T> Column<R> of(
      String name, ColumnType<T> type, Function<R, ? extends @Nullable T> value, String doc) {
    return new Column<>(name, new Values<>(type, value), false, true, false, false, doc);
  }

  /** The same with values that may be null. */
  Column<R> orNull() {
    return new Column<>(name, values, true, content, unique, added, doc);
  }

  /** The same outside the digest: a time, a rate or an origin. */
  Column<R> notContent() {
    return new Column<>(name, values, optional, false, unique, added, doc);
  }

  /** The same for values that hardly ever repeat, so that a dictionary of them is of no use. */
  Column<R> unique() {
    return new Column<>(name, values, optional, content, true, added, doc);
  }

  /**
   * The same for a column that a table was given later. Files without it are read as if it held
   * nothing, and a row in which it holds nothing has the digest that it had before.
   */
  Column<R> added() {
    return new Column<>(name, values, optional, content, unique, true, doc);
  }

  /** The column's name. */
  public String name() {
    return name;
  }

  /** The column's type, such as {@code list<text>}. */
  public String typeText() {
    return values.type.text();
  }

  /** Whether values may be null. */
  public boolean optional() {
    return optional;
  }

  /** Whether values count in the digest of a row. */
  public boolean content() {
    return content;
  }

  /** Whether values hardly ever repeat. */
  boolean isUnique() {
    return unique;
  }

  /** Whether the table was given the column later. */
  boolean isAdded() {
    return added;
  }

  /** A row's value. */
  public @Nullable Object value(R row) {
    return values.value.apply(row);
  }

  /** What stands for a value that was left out. */
  @Nullable Object absent() {
    return optional ? null : values.type.absent();
  }

  /** One sentence that says what the column holds. */
  public String doc() {
    return doc;
  }

  Type parquet() {
    return values.type.parquet(name, optional ? Repetition.OPTIONAL : Repetition.REQUIRED);
  }

  void write(RecordConsumer out, int index, R row) {
    values.write(out, this, index, row);
  }

  void digest(RowEncoder out, R row) {
    if (!added) {
      values.digest(out, row);
    } else if (holdsSomething(row)) {
      out.text(name);
      values.digest(out, row);
    }
  }

  private boolean holdsSomething(R row) {
    Object found = value(row);
    return found != null && !found.equals(absent());
  }

  /** A reader of the column below a parent with these levels. */
  ValueReader<?> reader(Iterator<ColumnReader> leaves, int definition, int repetition) {
    return values.type.reader(leaves, optional ? definition + 1 : definition, repetition);
  }

  private record Values<R, T>(ColumnType<T> type, Function<R, ? extends @Nullable T> value) {

    void write(RecordConsumer out, Column<R> column, int index, R row) {
      T found = value.apply(row);
      if (found != null) {
        out.startField(column.name, index);
        type.write(out, found);
        out.endField(column.name, index);
      } else if (!column.optional) {
        throw new IllegalArgumentException(
            "Column '%s' may not be null, but it is in %s.".formatted(column.name, row));
      }
    }

    void digest(RowEncoder out, R row) {
      T found = value.apply(row);
      out.flag(found != null);
      if (found != null) {
        type.digest(out, found);
      }
    }
  }
}

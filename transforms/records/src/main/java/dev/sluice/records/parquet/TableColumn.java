package dev.sluice.records.parquet;

import dev.sluice.records.json.Json;
import dev.sluice.records.schema.Column;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** One column of a table: a field of the row's record that carries {@link Column}. */
public final class TableColumn {
  private final RecordSchema.Field field;
  private final Column column;
  // An annotation answers each question by reflection: too slow for every value of a row.
  private final boolean content;
  private final boolean added;
  private final ColumnType<Object> type;

  /** Made for the first row: most programs write few of the tables. */
  private volatile @Nullable Function<Record, @Nullable Object> reader;

  /** The same column of a {@link Row}, at this place. */
  TableColumn at(int place) {
    TableColumn placed = new TableColumn(field, type);
    placed.reader = row -> ((Row) row).values()[place];
    return placed;
  }

  /** The same column with its values as JSON text, for readers that cannot take their type. */
  public TableColumn asJsonText() {
    TableColumn text = new TableColumn(field, ColumnType.of(FieldType.Scalar.TEXT));
    text.reader =
        row -> {
          Object value = value(row);
          return value == null ? null : Json.line(value);
        };
    return text;
  }

  TableColumn(RecordSchema.Field field) {
    this(field, ColumnType.of(field.type()));
  }

  private TableColumn(RecordSchema.Field field, ColumnType<Object> type) {
    Column described = field.column();
    if (described == null) {
      throw new IllegalStateException(
          "The field '%s' of a row has no @Column; describe it.".formatted(field.name()));
    }
    this.field = field;
    this.column = described;
    this.content = described.content();
    this.added = described.added();
    this.type = type;
  }

  /** The column's name. */
  public String name() {
    return field.name();
  }

  /** The field of the row's record. */
  public RecordSchema.Field field() {
    return field;
  }

  /** The column's type, such as {@code list<text>}. */
  public String typeText() {
    return type.text();
  }

  /** Whether values may be null. */
  public boolean optional() {
    return field.nullable();
  }

  /** Whether values count in the digest of a row. */
  public boolean content() {
    return content;
  }

  /** Whether values hardly ever repeat. */
  boolean isUnique() {
    return column.unique();
  }

  /** Whether the table was given the column later. */
  boolean isAdded() {
    return added;
  }

  /** One sentence that says what the column holds. */
  public String doc() {
    return column.value();
  }

  /** A row's value. */
  public @Nullable Object value(Record row) {
    Function<Record, @Nullable Object> known = reader;
    if (known == null) {
      known = field.reader();
      reader = known;
    }
    return known.apply(row);
  }

  /** What stands for a value that was left out. */
  @Nullable Object absent() {
    return optional() ? null : type.absent();
  }

  Type parquet() {
    return type.parquet(name(), optional() ? Repetition.OPTIONAL : Repetition.REQUIRED);
  }

  void write(RecordConsumer out, int index, Record row) {
    Object found = value(row);
    if (found != null) {
      out.startField(name(), index);
      type.write(out, found);
      out.endField(name(), index);
    } else if (!optional()) {
      throw new IllegalArgumentException(
          "Column '%s' may not be null, but it is in %s.".formatted(name(), row));
    }
  }

  void digest(RowEncoder out, Record row) {
    Object found = value(row);
    if (isAdded()) {
      if (found == null || found.equals(absent())) {
        return;
      }
      out.text(name());
    }
    out.flag(found != null);
    if (found != null) {
      type.digest(out, found);
    }
  }

  /** A reader of the column below a parent with these levels. */
  ValueReader<?> reader(Iterator<ColumnReader> leaves, int definition, int repetition) {
    return type.reader(leaves, optional() ? definition + 1 : definition, repetition);
  }
}

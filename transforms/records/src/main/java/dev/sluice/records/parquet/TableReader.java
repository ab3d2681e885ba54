package dev.sluice.records.parquet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one table from a Parquet file, in order. Columns that are left out are not read
 * from the file at all; they come back null or, where a value is never null, empty, 0 or false. So
 * do columns that the table was given after the file was written. Belongs to one thread; one row
 * group is in memory.
 *
 * @param <R> the row
 */
public final class TableReader<R extends Record> implements AutoCloseable {
  private final ParquetSource source;
  private final Table<R> table;
  private final MessageType requested;
  private final @Nullable Object[] absent;
  private final GroupConverter noConverter;
  private List<@Nullable ValueReader<?>> readers = List.of();
  private long left;

  private TableReader(ParquetSource source, Table<R> table, Set<String> without) {
    this.source = source;
    this.table = table;
    this.absent = table.columns().stream().map(TableColumn::absent).toArray();
    this.requested = requested(source, table, without);
    this.noConverter = new NoConverter(requested);
    source.project(requested);
  }

  /**
   * Opens a file of the table.
   *
   * @param without columns to leave out; names that the table does not have are ignored
   * @throws TableException if the file is damaged or not of this table
   */
  public static <R extends Record> TableReader<R> open(
      Path file, Table<R> table, Set<String> without) {
    return open(ParquetSource.open(file), table, without);
  }

  /** The same over a channel, which closes with the reader; the name is for messages. */
  public static <R extends Record> TableReader<R> open(
      SeekableByteChannel channel, String name, Table<R> table, Set<String> without) {
    return open(ParquetSource.open(channel, name), table, without);
  }

  private static <R extends Record> TableReader<R> open(
      ParquetSource source, Table<R> table, Set<String> without) {
    try {
      return new TableReader<>(source, table, without);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** All rows of a file. */
  public static <R extends Record> List<R> readAll(Path file, Table<R> table, Set<String> without) {
    List<R> rows = new ArrayList<>();
    forEach(file, table, without, rows::add);
    return rows;
  }

  /** Hands the rows of a file to the consumer, one after another. */
  public static <R extends Record> void forEach(
      Path file, Table<R> table, Set<String> without, Consumer<R> consumer) {
    try (TableReader<R> reader = open(file, table, without)) {
      for (R row = reader.next(); row != null; row = reader.next()) {
        consumer.accept(row);
      }
    }
  }

  /** Hands the rows of any Parquet file, whoever wrote it, to the consumer by column name. */
  public static void forEachRow(Path file, Consumer<Map<String, @Nullable Object>> consumer) {
    ParquetRows.forEach(
        file,
        row -> {
          consumer.accept(row);
          return true;
        });
  }

  /** The next row, or null after the last. */
  public @Nullable R next() {
    try {
      while (left == 0) {
        PageReadStore rowGroup = source.nextRowGroup();
        if (rowGroup == null) {
          return null;
        }
        left = rowGroup.getRowCount();
        readers = readers(rowGroup);
      }
      left--;
      @Nullable Object[] values = new @Nullable Object[readers.size()];
      for (int i = 0; i < values.length; i++) {
        ValueReader<?> reader = readers.get(i);
        values[i] = reader == null ? absent[i] : reader.readNullable();
      }
      return table.columnSet().make(values);
    } catch (IOException | RuntimeException e) {
      throw ParquetSource.unreadable(source.name(), e);
    }
  }

  /** Number of rows of the file. */
  public long rows() {
    return source.rows();
  }

  @Override
  public void close() {
    source.close();
  }

  private List<@Nullable ValueReader<?>> readers(PageReadStore rowGroup) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(rowGroup, noConverter, requested, source.createdBy());
    List<ColumnReader> leaves = new ArrayList<>();
    for (ColumnDescriptor leaf : requested.getColumns()) {
      leaves.add(store.getColumnReader(leaf));
    }
    var rest = leaves.iterator();
    List<@Nullable ValueReader<?>> all = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      all.add(requested.containsField(column.name()) ? column.reader(rest, 0, 0) : null);
    }
    return all;
  }

  private static <R extends Record> MessageType requested(
      ParquetSource source, Table<R> table, Set<String> without) {
    String name = source.footer().get(TableWriter.TABLE_KEY);
    if (!table.name().equals(name)) {
      throw new TableException(
          name == null
              ? "The file %s names no table in its footer, so it was not written by Sluice; the table '%s' was expected."
                  .formatted(source.name(), table.name())
              : "The file %s holds the table '%s'; the table '%s' was expected."
                  .formatted(source.name(), name, table.name()));
    }
    String version = String.valueOf(source.footer().get(TableWriter.VERSION_KEY));
    if (!version.equals(Integer.toString(TableWriter.FORMAT_VERSION))) {
      throw new TableException(
          "The file %s has format version %s; this program reads version %d. Use the program that wrote it, or run the stage again."
              .formatted(source.name(), version, TableWriter.FORMAT_VERSION));
    }
    Set<String> foreign = new HashSet<>();
    source.schema().getFields().forEach(field -> foreign.add(field.getName()));
    List<Type> types = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      boolean found = foreign.remove(column.name());
      if (without.contains(column.name()) || (!found && column.isAdded())) {
        continue;
      }
      Type expected = column.parquet();
      if (!found || !source.schema().getType(column.name()).equals(expected)) {
        throw new TableException(
            "The file %s %s the column '%s' (%s) of the table '%s'; it was not written by this version of Sluice."
                .formatted(
                    source.name(),
                    found ? "has another type for" : "lacks",
                    column.name(),
                    column.typeText(),
                    table.name()));
      }
      types.add(expected);
    }
    if (!foreign.isEmpty()) {
      throw new TableException(
          "The file %s has columns that the table '%s' does not have: %s; it was not written by this version of Sluice."
              .formatted(source.name(), table.name(), foreign.stream().sorted().toList()));
    }
    return new MessageType(table.name(), types);
  }

  /** Parquet asks for a converter of each leaf; the value readers take the values themselves. */
  private static final class NoConverter extends GroupConverter {
    private final GroupType type;

    NoConverter(GroupType type) {
      this.type = type;
    }

    @Override
    public Converter getConverter(int index) {
      Type child = type.getType(index);
      return child.isPrimitive() ? new NoPrimitive() : new NoConverter(child.asGroupType());
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class NoPrimitive extends PrimitiveConverter {
    @Override
    public void addBinary(Binary value) {}
  }
}

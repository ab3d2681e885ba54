package dev.sluice.records.parquet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one table to a Parquet file, in order, and works out the file's hash and the rows'
 * digest on the way. Belongs to one thread.
 *
 * @param <R> the row
 */
public final class TableWriter<R extends Record> implements AutoCloseable {
  /** Version of the format of tables that this program writes, and the newest that it reads. */
  public static final int FORMAT_VERSION = 1;

  static final String TABLE_KEY = "sluice.table";
  static final String VERSION_KEY = "sluice.format_version";
  static final String DOC_KEY = "sluice.doc.";

  private final Table<R> table;
  private final Channels.HashingOutput output;
  private final ParquetWriter<R> writer;
  private final RowDigest.Sum<R> sum;
  private long rows;
  private @Nullable String sha256;

  private TableWriter(Table<R> table, OutputStream out, Map<String, String> footer)
      throws IOException {
    this.table = table;
    this.output = new Channels.HashingOutput(out);
    this.sum = new RowDigest.Sum<>(table);
    Map<String, String> metadata = new TreeMap<>(footer);
    metadata.put(TABLE_KEY, table.name());
    metadata.put(VERSION_KEY, Integer.toString(FORMAT_VERSION));
    for (TableColumn column : table.columns()) {
      metadata.put(DOC_KEY + column.name(), column.doc());
    }
    this.writer = new Builder<>(output, table, metadata).open();
  }

  /**
   * Opens a new file; one that is there is replaced.
   *
   * @param footer what the file says about its origin, by key, such as {@code sluice.fingerprint}
   */
  public static <R extends Record> TableWriter<R> open(
      Path file, Table<R> table, Map<String, String> footer) {
    try {
      return open(Files.newOutputStream(file), table, footer);
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be written.".formatted(file), e);
    }
  }

  /** Opens a file over a stream, which closes with the writer. */
  public static <R extends Record> TableWriter<R> open(
      OutputStream out, Table<R> table, Map<String, String> footer) {
    try {
      return new TableWriter<>(table, new BufferedOutputStream(out, 1 << 16), footer);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "A file of the table '%s' cannot be begun.".formatted(table.name()), e);
    }
  }

  /** Adds a row. */
  public void write(R row) {
    try {
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Row %d of the table '%s' cannot be written.".formatted(rows, table.name()), e);
    }
    sum.add(row);
    rows++;
  }

  /** The table. */
  public Table<R> table() {
    return table;
  }

  /** Number of rows written. */
  public long rows() {
    return rows;
  }

  /** Length of the file; whole once the writer is closed. */
  public long bytes() {
    return output.getPos();
  }

  /** Hash of the file's bytes, as 64 hexadecimal digits; the writer is closed. */
  public String sha256() {
    if (sha256 == null) {
      throw new IllegalStateException("The hash of a file is known once its writer is closed.");
    }
    return sha256;
  }

  /** Digest of the rows so far. */
  public RowDigest digest() {
    return sum.digest();
  }

  /** Writes the footer and closes the file. */
  @Override
  public void close() {
    if (sha256 != null) {
      return;
    }
    try {
      writer.close();
    } catch (IOException e) {
      UncheckedIOException failure =
          new UncheckedIOException(
              "A file of the table '%s' cannot be ended.".formatted(table.name()), e);
      try {
        output.close();
      } catch (IOException suppressed) {
        failure.addSuppressed(suppressed);
      }
      throw failure;
    }
    sha256 = HexFormat.of().formatHex(output.sha256());
  }

  private static final class Builder<R extends Record>
      extends ParquetWriter.Builder<R, Builder<R>> {
    private final WriteSupport<R> support;

    Builder(OutputFile file, Table<R> table, Map<String, String> metadata) {
      super(file);
      support = new RowSupport<>(table, metadata);
      for (TableColumn column : table.columns()) {
        table.schema().getColumns().stream()
            .map(ColumnDescriptor::getPath)
            .filter(path -> column.isUnique() && path[0].equals(column.name()))
            .forEach(path -> withDictionaryEncoding(String.join(".", path), false));
      }
    }

    ParquetWriter<R> open() throws IOException {
      return withConf(new PlainParquetConfiguration())
          .withCodecFactory(new Codecs())
          .withCompressionCodec(CompressionCodecName.ZSTD)
          .build();
    }

    @Override
    protected Builder<R> self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract; never called with a Hadoop configuration
    protected WriteSupport<R> getWriteSupport(Configuration configuration) {
      return support;
    }

    @Override
    protected WriteSupport<R> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }

  private static final class RowSupport<R extends Record> extends WriteSupport<R> {
    private final Table<R> table;
    private final Map<String, String> metadata;
    private @Nullable RecordConsumer consumer;

    RowSupport(Table<R> table, Map<String, String> metadata) {
      this.table = table;
      this.metadata = metadata;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract; never called with a Hadoop configuration
    public WriteContext init(Configuration configuration) {
      return new WriteContext(table.schema(), metadata);
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(table.schema(), metadata);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(R row) {
      RecordConsumer out = Objects.requireNonNull(consumer);
      out.startMessage();
      table.columnSet().write(out, row);
      out.endMessage();
    }
  }
}

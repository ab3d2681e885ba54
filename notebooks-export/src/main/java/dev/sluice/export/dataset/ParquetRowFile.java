package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A Parquet file. */
final class ParquetRowFile implements RowFile {
  private final Path out;
  private final String name;
  private final TableWriter<Row> writer;

  /**
   * Begins a file.
   *
   * @param name its path below the export's folder
   */
  ParquetRowFile(Path out, String name, Table<Row> table, String format) {
    this.out = out;
    this.name = name;
    this.writer = TableWriter.open(partial(), table, Map.of("sluice.format", format));
  }

  private Path partial() {
    return out.resolve(name + PARTIAL);
  }

  @Override
  public void write(Row row) {
    writer.write(row);
  }

  @Override
  public void close() {
    writer.close();
  }

  @Override
  public void publish() throws IOException {
    Files.move(partial(), out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void discard() throws IOException {
    try {
      close();
    } finally {
      Files.deleteIfExists(partial());
    }
  }

  @Override
  public ExportManifest.File listed() {
    return new ExportManifest.File(name, writer.rows(), writer.bytes(), writer.sha256());
  }
}

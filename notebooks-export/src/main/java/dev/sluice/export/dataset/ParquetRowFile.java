package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableWriter;
import java.nio.file.Path;
import java.util.Map;

/** A Parquet file. */
final class ParquetRowFile extends RowFile {
  private final String name;
  private final TableWriter<Row> writer;

  /**
   * Begins a file.
   *
   * @param name its path below the export's folder
   */
  ParquetRowFile(Path out, String name, Table<Row> table, String format) {
    super(out.resolve(name));
    this.name = name;
    this.writer = TableWriter.open(partial(), table, Map.of("sluice.format", format));
  }

  @Override
  void write(Row row) {
    writer.write(row);
  }

  @Override
  void close() {
    writer.close();
  }

  @Override
  ExportManifest.File listed() {
    return new ExportManifest.File(name, writer.rows(), writer.bytes(), writer.sha256());
  }
}

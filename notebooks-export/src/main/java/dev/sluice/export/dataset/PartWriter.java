package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.export.Split;
import dev.sluice.export.format.FileType;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one part while they are written. With several shards the problems take turns, so
 * that all rows of a problem are in one file, and files are of about one size.
 */
final class PartWriter {
  private final Split.Part part;
  private final List<List<RowFile>> shards = new ArrayList<>();
  private final Map<String, Integer> shardOf = new HashMap<>();
  private final ExportManifest.Part before;
  private long rows;

  private PartWriter(Split.Part part, ExportManifest.Part before) {
    this.part = part;
    this.before = before;
  }

  /**
   * Begins the files of a part.
   *
   * @param earlier the export to which they are added
   */
  static PartWriter open(
      DatasetLayout layout, Split.Part part, Table<Row> table, EarlierExport earlier)
      throws IOException {
    for (Path folder : layout.folders(List.of(part))) {
      Files.createDirectories(folder);
    }
    PartWriter writer = new PartWriter(part, earlier.part(part.name()));
    for (int i = 0; i < layout.shards(); i++) {
      List<RowFile> files = new ArrayList<>();
      writer.shards.add(files);
      for (FileType type : layout.types()) {
        int shard = i + earlier.nextShard(layout, part, type);
        files.add(file(layout, type, layout.file(part, shard, type), table));
      }
    }
    return writer;
  }

  private static RowFile file(DatasetLayout layout, FileType type, String name, Table<Row> table)
      throws IOException {
    return switch (type) {
      case PARQUET -> new ParquetRowFile(layout.out(), name, table, layout.format());
      case JSONL -> new TextRowFile(layout.out(), name, "", row -> jsonLine(row, table.columns()));
      case CSV -> new TextRowFile(layout.out(), name, Csv.header(table.columns()), Csv::line);
    };
  }

  /** Whole numbers of real columns keep their ".0", or a file of such would change its type. */
  private static String jsonLine(Row row, List<TableColumn> columns) {
    Map<String, @Nullable Object> fields = row.named(columns);
    fields.replaceAll((name, value) -> Fields.value(value));
    return Json.line(fields) + "\n";
  }

  Split.Part part() {
    return part;
  }

  /** Number of rows, those of the earlier export included. */
  long rows() {
    return before.rows() + rows;
  }

  /** How many problems have rows here, those of the earlier export included. */
  long problems() {
    return before.problems() + shardOf.size();
  }

  /** Whether there are fewer problems than files for them. */
  boolean hasEmptyShards() {
    return shardOf.size() < shards.size();
  }

  /** The problems that got rows now. */
  Set<String> written() {
    return shardOf.keySet();
  }

  /** Leaves out the files of a part that gets no row. */
  void dropFiles() {
    discard();
    shards.clear();
  }

  void add(String problemId, Row row) {
    int shard = shardOf.computeIfAbsent(problemId, none -> shardOf.size() % shards.size());
    for (RowFile file : shards.get(shard)) {
      try {
        file.write(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    rows++;
  }

  /** Ends the files. */
  void close() throws IOException {
    for (RowFile file : files()) {
      file.close();
    }
  }

  /** Gives the files their names. */
  void publish() throws IOException {
    for (RowFile file : files()) {
      file.publish();
    }
  }

  /** Removes what was not published; a disk that is full already has its message. */
  void discard() {
    for (RowFile file : files()) {
      try {
        file.discard();
      } catch (IOException | UncheckedIOException e) {
        // What made the export fail is told; what is left has a name that no loader takes.
      }
    }
  }

  private List<RowFile> files() {
    return shards.stream().flatMap(List::stream).toList();
  }

  ExportManifest.Part summary() {
    return new ExportManifest.Part(part.name(), part.share().doubleValue(), problems(), rows());
  }

  List<ExportManifest.File> listed() {
    return files().stream().map(RowFile::listed).toList();
  }
}

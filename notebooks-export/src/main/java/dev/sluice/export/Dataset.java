package dev.sluice.export;

import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A data set in a trainer's format: for each part of the split one Parquet and one JSONL file, with
 * a manifest and a card. Same rows, same bytes. An export that fails leaves no file of its own.
 *
 * @param format the exporter's name, such as {@code trl/sft}
 * @param name beginning of the files' names, such as {@code sft}
 * @param table the trainer's columns
 * @param doc what the rows are
 * @param use how a trainer takes them, as Python
 * @param <R> the row
 */
public record Dataset<R extends Record>(
    String format, String name, Table<R> table, String doc, String use) {
  private static final int VERSION = 1;

  /**
   * Writes the data set.
   *
   * @param source what the rows come from
   * @param rows hands each row with its problem's id to the consumer
   */
  public ExportReport write(ExportSource source, Consumer<BiConsumer<String, R>> rows) {
    Path out = source.request().out();
    List<DatasetPart<R>> parts = new ArrayList<>();
    try {
      Files.createDirectories(out.resolve("data"));
      for (Split.Part part : source.request().split().parts()) {
        parts.add(new DatasetPart<>(this, out, part));
      }
      rows.accept(
          (problemId, row) ->
              parts.get(source.request().split().part(problemId)).add(problemId, row));
      refuseEmpty(source, parts);
      parts.forEach(DatasetPart::close);
      parts.forEach(DatasetPart::publish);
    } catch (IOException e) {
      throw new UncheckedIOException("The export %s cannot be written.".formatted(out), e);
    } finally {
      parts.forEach(DatasetPart::discard);
      TextFiles.removeIfEmpty(out.resolve("data"));
    }
    ExportManifest manifest = manifest(source, parts);
    TextFiles.write(out.resolve("README.md"), DatasetCard.text(this, source, manifest));
    TextFiles.write(out.resolve(ExportManifest.FILE), manifest.toJson());
    List<ExportReport.ExportedFile> files =
        parts.stream().flatMap(part -> part.reported().stream()).toList();
    return new ExportReport(format, files, loader(parts, out + "/"));
  }

  /** A trainer fails late on a dataset or a split without rows, and says less. */
  private void refuseEmpty(ExportSource source, List<DatasetPart<R>> parts) {
    if (parts.stream().noneMatch(DatasetPart::hasRows)) {
      throw source.empty();
    }
    for (DatasetPart<R> part : parts) {
      if (!part.hasRows()) {
        throw new ExportException(
            "The part '%s' of the split %s has no rows: none of the %d problems falls in it. Export more problems, or give it a larger share."
                .formatted(
                    part.part().name(),
                    source.request().split(),
                    parts.stream().mapToLong(DatasetPart::problems).sum()));
      }
    }
  }

  private ExportManifest manifest(ExportSource source, List<DatasetPart<R>> parts) {
    ExportRequest request = source.request();
    List<Object> identity = new ArrayList<>(List.of("export", format, VERSION, request.split()));
    identity.add(request.reference());
    identity.add(request.duplicates());
    source.used().forEach(used -> identity.add(used.table() + " " + used.digest()));
    Map<String, String> columns = new java.util.LinkedHashMap<>();
    table.columns().forEach(column -> columns.put(column.name(), column.typeText()));
    return new ExportManifest(
        ExportManifest.FORMAT_VERSION,
        format,
        source.run().runId(),
        source.run().referenceFree(),
        request.reference(),
        Hashes.hex(identity.toArray()),
        source.used(),
        columns,
        source.leftOut(),
        parts.stream().map(DatasetPart::summary).toList(),
        parts.stream().flatMap(part -> part.listed().stream()).toList(),
        loader(parts, ""));
  }

  /** The line of Python that loads the Parquet files below a folder. */
  private String loader(List<DatasetPart<R>> parts, String folder) {
    StringBuilder files = new StringBuilder();
    for (DatasetPart<R> each : parts) {
      files.append(files.isEmpty() ? "" : ", ");
      files.append(Json.compact(each.part().name())).append(": ");
      files.append(Json.compact(folder + "data/" + fileName(each.part()) + ".parquet"));
    }
    return "load_dataset(\"parquet\", data_files={" + files + "})";
  }

  /** Name of a part's files, without the ending. */
  String fileName(Split.Part part) {
    return name + "-" + part.name();
  }
}

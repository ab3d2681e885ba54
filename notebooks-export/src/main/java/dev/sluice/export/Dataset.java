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
      parts.forEach(DatasetPart::close);
      parts.forEach(DatasetPart::publish);
    } catch (IOException e) {
      throw new UncheckedIOException("The export %s cannot be written.".formatted(out), e);
    } finally {
      parts.forEach(DatasetPart::discard);
    }
    ExportManifest manifest = manifest(source, parts);
    TextFiles.write(out.resolve("README.md"), DatasetCard.text(this, source, manifest));
    TextFiles.write(out.resolve(ExportManifest.FILE), manifest.toJson());
    List<ExportReport.ExportedFile> files =
        parts.stream().flatMap(part -> part.reported().stream()).toList();
    return new ExportReport(format, files, loader(loadable(parts), out + "/"));
  }

  private ExportManifest manifest(ExportSource source, List<DatasetPart<R>> parts) {
    ExportRequest request = source.request();
    List<Object> identity = new ArrayList<>(List.of("export", format, VERSION, request.split()));
    identity.add(request.reference());
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
        parts.stream().map(DatasetPart::summary).toList(),
        parts.stream().flatMap(part -> part.listed().stream()).toList(),
        loader(loadable(parts), ""));
  }

  /** The parts that have rows, since {@code load_dataset} refuses one that has none. */
  private static <R extends Record> List<Split.Part> loadable(List<DatasetPart<R>> parts) {
    boolean empty = parts.stream().noneMatch(DatasetPart::hasRows);
    return parts.stream().filter(part -> empty || part.hasRows()).map(DatasetPart::part).toList();
  }

  /** The line of Python that loads the Parquet files below a folder. */
  private String loader(List<Split.Part> parts, String folder) {
    StringBuilder files = new StringBuilder();
    for (Split.Part part : parts) {
      files.append(files.isEmpty() ? "" : ", ");
      files.append(Json.compact(part.name())).append(": ");
      files.append(Json.compact(folder + "data/" + fileName(part) + ".parquet"));
    }
    return "load_dataset(\"parquet\", data_files={" + files + "})";
  }

  /** Name of a part's files, without the ending. */
  String fileName(Split.Part part) {
    return name + "-" + part.name();
  }
}

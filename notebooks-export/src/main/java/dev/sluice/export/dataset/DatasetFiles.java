package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.export.ExportReport.ExportedFile;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Split;
import dev.sluice.export.TextFiles;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Target;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.TableColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What describes the files of a dataset: card, manifest, side files, and the lines to load them.
 */
final class DatasetFiles {
  private static final int VERSION = 2;

  private final Dataset<?> dataset;
  private final ExportSource source;
  private final DatasetLayout layout;
  private final List<PartWriter> parts;

  DatasetFiles(
      Dataset<?> dataset, ExportSource source, DatasetLayout layout, List<PartWriter> parts) {
    this.dataset = dataset;
    this.source = source;
    this.layout = layout;
    this.parts = List.copyOf(parts);
  }

  /** Writes the side files, the card and, last, the manifest. */
  void writeDescription() {
    Path out = layout.out();
    Map<String, String> sides =
        dataset.target().sideFiles().apply(new Target.Delivered(layout.kind(), places()));
    sides.forEach((name, text) -> TextFiles.write(out.resolve(name), text));
    ExportManifest manifest = manifest(List.copyOf(sides.keySet()));
    TextFiles.write(out.resolve("README.md"), DatasetCard.text(dataset, source, layout, manifest));
    TextFiles.write(out.resolve(ExportManifest.FILE), manifest.toJson());
  }

  private ExportManifest manifest(List<String> sides) {
    ExportRequest request = source.request();
    List<@Nullable Object> identity =
        new ArrayList<>(List.of("export", dataset.format(), VERSION, request.split()));
    identity.add(request.reference());
    identity.add(request.rows());
    identity.add(request.shards());
    identity.add(dataset.options().toString());
    source.used().forEach(used -> identity.add(used.table() + " " + used.digest()));
    Map<String, String> columns = new LinkedHashMap<>();
    for (TableColumn column : dataset.rows().columns()) {
      columns.put(column.name(), column.typeText());
    }
    return new ExportManifest(
        ExportManifest.FORMAT_VERSION,
        dataset.format(),
        source.run().runId(),
        source.run().referenceFree(),
        request.reference(),
        Hashes.hex(identity.stream().map(String::valueOf).toArray()),
        source.used(),
        columns,
        dataset.options(),
        source.leftOut(),
        parts.stream().map(PartWriter::summary).toList(),
        parts.stream().flatMap(part -> part.listed().stream()).toList(),
        sides,
        loader("."),
        launch(".").isEmpty() ? null : launch("."));
  }

  /** The files, with absolute paths. */
  List<ExportedFile> reported() {
    return parts.stream()
        .flatMap(part -> part.listed().stream())
        .map(
            file ->
                new ExportedFile(
                    layout.out().resolve(file.path()).toString(), file.rows(), file.sha256()))
        .toList();
  }

  /** The line of Python that loads the files of an export in this folder. */
  String loader(String folder) {
    String own = dataset.target().loader();
    if (own != null) {
      return filled(own, folder);
    }
    FileType type = layout.types().get(0);
    StringBuilder files = new StringBuilder();
    for (PartWriter each : parts) {
      files.append(files.isEmpty() ? "" : ", ");
      files.append(Json.compact(each.part().name())).append(": ");
      files.append(Json.compact(below(folder, layout.pattern(each.part(), type))));
    }
    return "load_dataset(\"" + type.loader() + "\", data_files={" + files + "})";
  }

  /** The command that trains on an export in this folder; empty if there is none. */
  String launch(String folder) {
    String launch = dataset.target().launch();
    return launch == null ? "" : filled(launch, folder);
  }

  private static String below(String folder, String path) {
    return folder.equals(".") ? path : folder + "/" + path;
  }

  /** A line with the places of this export. A part that is not there is the first one. */
  private String filled(String line, String folder) {
    FileType type = layout.types().get(0);
    String text = line.replace("{out}", folder).replace("{kind}", layout.kind());
    for (String name :
        Stream.concat(parts.stream().map(part -> part.part().name()), Stream.of("train", "test"))
            .distinct()
            .toList()) {
      Split.Part part =
          parts.stream()
              .map(PartWriter::part)
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElse(parts.get(0).part());
      text =
          text.replace("{" + name + "}", below(folder, layout.file(part, 0, type)))
              .replace("{" + name + ":*}", below(folder, layout.pattern(part, type)));
    }
    return text;
  }

  /** Each part's file, or folder of files, of the first type. */
  private Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    for (PartWriter part : parts) {
      places.put(part.part().name(), layout.place(part.part(), layout.types().get(0)));
    }
    return places;
  }
}

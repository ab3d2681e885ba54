package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.export.ExportReport.ExportedFile;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.ListedFiles;
import dev.sluice.export.TextFiles;
import dev.sluice.export.format.Target;
import dev.sluice.export.scrub.Kind;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.TableColumn;
import dev.sluice.records.parquet.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the files that describe a dataset: card, manifest, Croissant, files for the trainer. */
final class DatasetFiles {
  private static final int VERSION = 2;
  static final String REMOVED = "removed.jsonl";
  static final String PIPELINE = "pipeline.yaml";

  private final Dataset<?> dataset;
  private final ExportSource source;
  private final DatasetLayout layout;
  private final List<PartWriter> parts;
  private final ProblemParts problems;
  private final EarlierExport earlier;

  DatasetFiles(
      Dataset<?> dataset,
      ExportSource source,
      DatasetLayout layout,
      List<PartWriter> parts,
      ProblemParts problems,
      EarlierExport earlier) {
    this.dataset = dataset;
    this.source = source;
    this.layout = layout;
    this.parts = List.copyOf(parts);
    this.problems = problems;
    this.earlier = earlier;
  }

  private DatasetLines lines() {
    return new DatasetLines(dataset.target(), layout, source.request().split().parts(), files());
  }

  /**
   * Writes everything but the rows, the manifest last.
   *
   * @param scrubbed placeholders written by kind; null if texts were not scrubbed
   */
  void writeDescription(@Nullable Map<Kind, Long> scrubbed) throws IOException {
    Path out = layout.out();
    Map<String, String> sides =
        new LinkedHashMap<>(
            dataset.target().sideFiles().apply(new Target.Delivered(layout.kind(), places())));
    List<ExportManifest.File> files = files();
    sides.put(Croissant.FILE, Croissant.text(dataset, source.run().runId(), files));
    RunText.of(source.run().folder(), PIPELINE).ifPresent(text -> sides.put(PIPELINE, text));
    if (!problems.removed().isEmpty()) {
      StringBuilder removed = new StringBuilder();
      problems.removed().forEach(each -> removed.append(Json.line(each)).append('\n'));
      sides.put(REMOVED, removed.toString());
    }
    sides.forEach((name, text) -> TextFiles.write(out.resolve(name), text));
    ExportManifest manifest = manifest(files, List.copyOf(sides.keySet()), scrubbed, appended());
    TextFiles.write(
        out.resolve(ListedFiles.CARD),
        CardOverride.of(source.request().card())
            .applied(DatasetCard.text(dataset, source, layout, manifest)));
    TextFiles.write(out.resolve(ExportManifest.FILE), manifest.toJson());
    if (earlier.isThere()) {
      Files.deleteIfExists(out.resolve(EarlierExport.problemsFile(earlier.exports())));
    }
  }

  /** The file of the problems with their parts, if later exports may be appended. */
  private ExportManifest.@Nullable Appended appended() {
    if (source.request().mode() != ExportRequest.Mode.APPEND) {
      return null;
    }
    Set<String> written = new HashSet<>();
    parts.forEach(part -> written.addAll(part.written()));
    int exports = earlier.exports() + 1;
    String name = EarlierExport.problemsFile(exports);
    TableWriter<PlacedProblem> writer =
        TableWriter.open(layout.out().resolve(name), EarlierExport.PROBLEMS, Map.of());
    for (PlacedProblem each : problems.placed()) {
      writer.write(written.contains(each.problemId()) ? each.written() : each);
    }
    writer.close();
    return new ExportManifest.Appended(
        exports, new ExportManifest.File(name, writer.rows(), writer.bytes(), writer.sha256()));
  }

  private ExportManifest manifest(
      List<ExportManifest.File> files,
      List<String> sides,
      @Nullable Map<Kind, Long> scrubbed,
      ExportManifest.@Nullable Appended appended) {
    ExportRequest request = source.request();
    Set<ExportSource.Used> sources = new LinkedHashSet<>(earlier.sources());
    sources.addAll(source.used());
    Map<String, String> columns = new LinkedHashMap<>();
    for (TableColumn column : dataset.rows().columns()) {
      columns.put(column.name(), column.typeText());
    }
    String launch = lines().launch(".");
    return new ExportManifest(
        ExportManifest.FORMAT_VERSION,
        dataset.format(),
        source.run().runId(),
        source.run().referenceFree(),
        request.reference(),
        fingerprint(sources),
        List.copyOf(sources),
        columns,
        dataset.options(),
        new TreeMap<>(source.leftOut()),
        request.scrub(),
        scrubbed == null ? Map.of() : named(scrubbed),
        parts.stream().map(PartWriter::summary).toList(),
        files,
        sides,
        lines().loader("."),
        launch.isEmpty() ? null : launch,
        appended);
  }

  private String fingerprint(Set<ExportSource.Used> sources) {
    ExportRequest request = source.request();
    List<Object> identity = new ArrayList<>(List.of("export", dataset.format(), VERSION));
    identity.add(request.problems());
    identity.add(request.reference());
    identity.add(request.rows());
    identity.add(request.scrub());
    identity.add(String.valueOf(request.shards()));
    identity.add(dataset.options());
    sources.forEach(used -> identity.add(used.table() + " " + used.digest()));
    return Hashes.hex(identity.stream().map(String::valueOf).toArray());
  }

  private static Map<String, Long> named(Map<Kind, Long> counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((kind, count) -> named.put(kind.name().toLowerCase(Locale.ROOT), count));
    return named;
  }

  /** The files of rows, those of the earlier export first. */
  private List<ExportManifest.File> files() {
    List<ExportManifest.File> files = new ArrayList<>(earlier.files());
    parts.forEach(part -> files.addAll(part.listed()));
    return files;
  }

  /** The files that were written now, with absolute paths. */
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
    return lines().loader(folder);
  }

  /** The command that trains on an export in this folder; empty if there is none. */
  String launch(String folder) {
    return lines().launch(folder);
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

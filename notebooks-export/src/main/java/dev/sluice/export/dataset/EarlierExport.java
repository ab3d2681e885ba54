package dev.sluice.export.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.export.ExportManifest;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.FileHashes;
import dev.sluice.export.Split;
import dev.sluice.export.format.FileType;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The export to which another one is appended: its files stay as they are, its problems keep their
 * parts, and a problem of which it has rows gets no more.
 */
final class EarlierExport {
  static final Table<PlacedProblem> PROBLEMS = Table.of("problems", PlacedProblem.class);

  private final @Nullable ExportManifest manifest;
  private final List<PlacedProblem> problems;
  private final Set<String> exported = new HashSet<>();

  private EarlierExport(@Nullable ExportManifest manifest, List<PlacedProblem> problems) {
    this.manifest = manifest;
    this.problems = List.copyOf(problems);
    problems.stream().filter(PlacedProblem::exported).forEach(e -> exported.add(e.problemId()));
  }

  /** Name of the file of problems after a number of appended exports. */
  static String problemsFile(int exports) {
    return "problems-%05d.parquet".formatted(exports);
  }

  /**
   * The export in the request's folder; an empty one if it is to be new.
   *
   * @throws ExportException if it cannot be appended to as asked
   */
  static EarlierExport of(ExportRequest request, Dataset<?> dataset) throws IOException {
    Path file = request.out().resolve(ExportManifest.FILE);
    if (request.mode() != ExportRequest.Mode.APPEND || !Files.isRegularFile(file)) {
      return new EarlierExport(null, List.of());
    }
    ExportManifest manifest =
        SealedJson.read(Files.readAllBytes(file), file.toString(), ExportManifest.class)
            .orElseThrow(
                () ->
                    refused(
                        request,
                        "its %s is damaged or was changed".formatted(ExportManifest.FILE)));
    if (manifest.appended() == null) {
      throw refused(request, "it was not made with --append, so it does not know its problems");
    }
    for (Map.Entry<String, List<Object>> each : asked(request, dataset, manifest).entrySet()) {
      if (!each.getValue().get(0).equals(each.getValue().get(1))) {
        throw refused(
            request,
            "its %s is %s, and %s is asked for"
                .formatted(each.getKey(), each.getValue().get(0), each.getValue().get(1)));
      }
    }
    ExportManifest.Appended last = manifest.appended();
    Path problems = request.out().resolve(last.problems().path());
    FileHashes.expect(problems, last.problems().sha256(), "export");
    return new EarlierExport(manifest, TableReader.readAll(problems, PROBLEMS, Set.of()));
  }

  /** What both exports must have in common: of the earlier one, and as asked. */
  private static Map<String, List<Object>> asked(
      ExportRequest request, Dataset<?> dataset, ExportManifest manifest) {
    List<Object> parts = new ArrayList<>();
    request
        .split()
        .parts()
        .forEach(part -> parts.add(part.name() + "=" + part.share().doubleValue()));
    List<Object> earlier = new ArrayList<>();
    manifest.parts().forEach(part -> earlier.add(part.name() + "=" + part.share()));
    Map<String, List<Object>> both = new LinkedHashMap<>();
    both.put("format", List.of(manifest.format(), dataset.format()));
    both.put("split", List.of(earlier, parts));
    both.put("reference answers", List.of(manifest.referenceAnswers(), request.reference()));
    both.put("scrubbing", List.of(manifest.scrub(), request.scrub()));
    both.put("options", List.of(manifest.options(), dataset.options()));
    both.put(
        "columns",
        List.of(
            List.copyOf(manifest.columns().keySet()),
            dataset.rows().columns().stream().map(column -> column.name()).toList()));
    return both;
  }

  private static ExportException refused(ExportRequest request, String why) {
    return new ExportException(
        "Nothing can be appended to the export in %s: %s. Append with the options that it was made with, or name another folder."
            .formatted(request.out(), why));
  }

  /** Whether there is one. */
  boolean isThere() {
    return manifest != null;
  }

  /** Its problems, in the order in which they were placed. */
  List<PlacedProblem> problems() {
    return problems;
  }

  /** Whether it has rows of a problem. */
  boolean has(String problemId) {
    return exported.contains(problemId);
  }

  /** How many exports it consists of. */
  int exports() {
    return manifest == null ? 0 : Objects.requireNonNull(manifest.appended()).exports();
  }

  /** Its files. */
  List<ExportManifest.File> files() {
    return manifest == null ? List.of() : manifest.files();
  }

  /** What it read. */
  List<ExportSource.Used> sources() {
    return manifest == null ? List.of() : manifest.sources();
  }

  /** Number of its rows. */
  long rows() {
    return manifest == null
        ? 0
        : manifest.parts().stream().mapToLong(ExportManifest.Part::rows).sum();
  }

  /** What a part has so far. */
  ExportManifest.Part part(String name) {
    return manifest == null
        ? new ExportManifest.Part(name, 0, 0, 0)
        : manifest.parts().stream()
            .filter(part -> part.name().equals(name))
            .findFirst()
            .orElseThrow();
  }

  /** The number of the next file of a part. */
  int nextShard(DatasetLayout layout, Split.Part part, FileType type) {
    return (int) files().stream().filter(file -> layout.isOf(part, type, file.path())).count();
  }
}

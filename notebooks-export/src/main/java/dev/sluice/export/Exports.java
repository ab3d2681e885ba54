package dev.sluice.export;

import dev.sluice.parts.Registry;
import dev.sluice.records.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All exporters, and the way to run one. */
public final class Exports {
  private Exports() {}

  /** The exporters of the registry, in its order. */
  public static List<Exporter> all() {
    return List.copyOf(Registry.get().services(Exporter.class).values());
  }

  /**
   * Exports a run.
   *
   * @param format name of an exporter
   * @throws ExportException if there is no such exporter, the run lacks what it needs, or the
   *     folder is not empty
   */
  public static ExportReport run(RunView run, String format, ExportRequest request) {
    Exporter exporter = named(format);
    if (request.reference() && !exporter.takesReferences()) {
      throw new ExportException(
          "The format '%s' has no column for reference answers. Leave --with-reference out."
              .formatted(format));
    }
    Path out = request.out().toAbsolutePath().normalize();
    List<Path> earlier = makeRoom(out, request.mode());
    ExportReport report;
    try {
      report = exporter.export(run, request.out(out));
    } catch (ExportException e) {
      TextFiles.removeIfEmpty(out);
      throw e;
    }
    if (request.mode() == ExportRequest.Mode.APPEND) {
      return report;
    }
    Set<Path> written = new HashSet<>(listed(out));
    earlier.stream().filter(file -> !written.contains(file)).forEach(Exports::remove);
    return report;
  }

  private static Exporter named(String format) {
    List<Exporter> all = all();
    List<String> names = all.stream().map(Exporter::name).toList();
    return all.stream()
        .filter(each -> each.name().equals(format))
        .findFirst()
        .orElseThrow(
            () ->
                new ExportException(
                    "There is no export format '%s'%s 'sluice export --list' lists all %d."
                        .formatted(format, Near.suggestion(format, names), names.size())));
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The file %s of an earlier export cannot be removed.".formatted(file), e);
    }
  }

  /** Sees to it that the folder may be written; returns the files of an earlier export in it. */
  private static List<Path> makeRoom(Path out, ExportRequest.Mode mode) {
    try {
      if (Files.exists(out) && !Files.isDirectory(out)) {
        throw new ExportException(
            "The export cannot go to %s: it is a file. Name a folder.".formatted(out));
      }
      Files.createDirectories(out);
      boolean empty;
      try (Stream<Path> files = Files.list(out)) {
        empty = files.findAny().isEmpty();
      }
      boolean known =
          mode == ExportRequest.Mode.REPLACE
              || (mode == ExportRequest.Mode.APPEND
                  && Files.isRegularFile(out.resolve(ExportManifest.FILE)));
      if (!empty && !known) {
        throw new ExportException(
            "The export cannot go to %s: the folder is not empty%s. Name a new one, or replace an earlier export with --force."
                .formatted(
                    out,
                    mode == ExportRequest.Mode.APPEND ? ", and holds no export to append to" : ""));
      }
      return empty ? List.of() : listed(out);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder %s cannot be written.".formatted(out), e);
    }
  }

  private static List<Path> listed(Path out) {
    Path manifest = out.resolve(ExportManifest.FILE);
    try {
      return ListedFiles.of(out, manifest).stream().map(out::resolve).toList();
    } catch (JsonException e) {
      throw new ExportException(
          "The folder %s holds no earlier export that could be replaced: its %s is no JSON. Name another folder."
              .formatted(out, ExportManifest.FILE),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be read.".formatted(manifest), e);
    }
  }
}

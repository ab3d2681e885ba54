package dev.sluice.runners.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files that an earlier export left in a folder, as its manifest lists them. */
final class EarlierFiles {
  /** The manifest of an export that is being replaced. */
  static final String REPLACED = ".manifest.replaced.json";

  /** Every export has them. */
  private static final List<String> ALWAYS = List.of("README.md", ExportManifest.FILE);

  private EarlierFiles() {}

  /** Places relative to the folder; empty if no export is there. */
  static Set<String> of(Path folder) throws IOException {
    Set<String> files = new TreeSet<>();
    for (String manifest : List.of(ExportManifest.FILE, REPLACED)) {
      add(folder, folder.resolve(manifest), files);
    }
    return files;
  }

  private static void add(Path folder, Path manifest, Set<String> files) throws IOException {
    if (!Files.isRegularFile(manifest)) {
      return;
    }
    try {
      if (Json.parse(Files.readAllBytes(manifest)) instanceof Map<?, ?> fields
          && fields.get("files") instanceof List<?> data
          && fields.get("side_files") instanceof List<?> sides) {
        data.forEach(
            each -> add(folder, each instanceof Map<?, ?> file ? file.get("path") : null, files));
        sides.forEach(each -> add(folder, each, files));
        files.addAll(ALWAYS);
      }
    } catch (JsonException e) {
      // No export's: its files are not ours to replace.
    }
  }

  private static void add(Path folder, @Nullable Object path, Set<String> files) {
    // A manifest of somebody else may name anything.
    if (path instanceof String text && folder.resolve(text).normalize().startsWith(folder)) {
      files.add(text);
    }
  }
}

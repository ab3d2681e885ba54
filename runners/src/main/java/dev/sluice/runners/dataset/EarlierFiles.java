package dev.sluice.runners.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.export.ListedFiles;
import dev.sluice.records.json.JsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files that an earlier export left in a folder, also one that is being replaced. */
final class EarlierFiles {
  /** The manifest of an export that is being replaced. */
  static final String REPLACED = ".manifest.replaced.json";

  private EarlierFiles() {}

  /** Paths relative to the folder; empty if it holds no export. */
  static Set<String> of(Path folder) throws IOException {
    Set<String> files = new TreeSet<>();
    for (String manifest : List.of(ExportManifest.FILE, REPLACED)) {
      try {
        files.addAll(ListedFiles.of(folder, folder.resolve(manifest)));
      } catch (JsonException e) {
        // Another program's file of that name; its files must not be replaced.
      }
    }
    return files;
  }
}

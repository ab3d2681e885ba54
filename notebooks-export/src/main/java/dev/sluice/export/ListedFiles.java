package dev.sluice.export;

import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files that an export wrote, as its manifest lists them. */
public final class ListedFiles {
  /** The name of the card. */
  public static final String CARD = "README.md";

  private ListedFiles() {}

  /**
   * The files that a manifest lists, the manifest and the card included.
   *
   * @param folder the export's folder
   * @param manifest the manifest, in that folder
   * @return paths relative to the folder; empty if the file is missing or no export's manifest
   * @throws dev.sluice.records.json.JsonException if it is no JSON
   */
  public static Set<String> of(Path folder, Path manifest) throws IOException {
    Set<String> files = new TreeSet<>();
    if (Files.isRegularFile(manifest)
        && Json.parse(Files.readAllBytes(manifest)) instanceof Map<?, ?> fields
        && fields.get("files") instanceof List<?> data
        && fields.get("side_files") instanceof List<?> sides) {
      data.forEach(each -> add(folder, path(each), files));
      sides.forEach(each -> add(folder, each, files));
      if (fields.get("appended") instanceof Map<?, ?> appended) {
        add(folder, path(appended.get("problems")), files);
      }
      files.addAll(List.of(CARD, ExportManifest.FILE));
    }
    return files;
  }

  private static @Nullable Object path(@Nullable Object file) {
    return file instanceof Map<?, ?> fields ? fields.get("path") : null;
  }

  /** A manifest that another program wrote may name any path. */
  private static void add(Path folder, @Nullable Object path, Set<String> files) {
    if (path instanceof String text && folder.resolve(text).normalize().startsWith(folder)) {
      files.add(text);
    }
  }
}

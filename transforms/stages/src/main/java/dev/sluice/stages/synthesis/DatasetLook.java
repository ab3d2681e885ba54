package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Printable;
import dev.sluice.records.parquet.TableException;
import dev.sluice.stages.StageType.Look;
import dev.sluice.stages.dataset.DatasetRow;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A look at the first rows of a dataset's file, before any work begins: a file of which none can be
 * read is of another dataset. One that holds some of them is worked on, and the others become dead
 * letters.
 */
final class DatasetLook {
  private static final int ROWS = 100;
  private static final String MANIFEST = "manifest.json";

  private DatasetLook() {}

  /**
   * What is wrong with a file's ending or its first rows.
   *
   * @param pathKey the config's key of the path
   * @param limit most rows that are read of it; null for all
   * @param needed reads what the stage needs of a row
   */
  static Look at(
      String path,
      String pathKey,
      @Nullable Integer limit,
      DatasetShape shape,
      Function<DatasetRow, ?> needed) {
    int most = limit == null ? ROWS : Math.min(ROWS, limit);
    List<String> faults = new ArrayList<>();
    int[] rows = new int[1];
    try {
      DatasetReader.forEach(
          path,
          most,
          row -> {
            rows[0]++;
            try {
              row.read(shape::problem);
              row.read(needed);
            } catch (DatasetRowException e) {
              faults.add(row.place() + " " + e.what());
            }
          });
    } catch (IllegalArgumentException | TableException | UncheckedIOException e) {
      return mistake(pathKey, String.valueOf(e.getMessage()));
    }
    if (rows[0] == 0) {
      return warning(pathKey, "'%s' has no rows, so there is nothing to read".formatted(path));
    }
    return faults.size() < rows[0]
        ? Look.NOTHING
        : mistake(
            pathKey,
            "%s be read as '%s': %s"
                .formatted(
                    rows[0] == 1
                        ? "the only row of '%s' cannot".formatted(path)
                        : "none of the first %d rows of '%s' can".formatted(rows[0], path),
                    shape.name(),
                    faults.get(0)));
  }

  /**
   * What the manifest of an export says of the file: a declaration that it denies is a mistake, and
   * one that it would allow is told.
   *
   * @param key the config's key of the declaration
   * @param referenceFree what the config declares
   */
  static Look manifest(String path, String key, boolean referenceFree) {
    Boolean stated = stated(Path.of(path));
    if (stated == null || stated == referenceFree) {
      return Look.NOTHING;
    }
    return stated
        ? warning(
            key,
            "the manifest beside '%s' says that its run was reference-free; write 'reference_free: true' to keep this run so"
                .formatted(path))
        : mistake(
            key,
            "the manifest beside '%s' says that its run was not reference-free; leave 'reference_free' out"
                .formatted(path));
  }

  /** What the manifest of the export that wrote a file says; null if there is none. */
  private static @Nullable Boolean stated(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    for (int up = 0; up < 2 && folder != null; up++, folder = folder.getParent()) {
      Path manifest = folder.resolve(MANIFEST);
      if (Files.isRegularFile(manifest)) {
        try {
          JsonNode json = new ObjectMapper().readTree(Files.readString(manifest));
          String name = folder.relativize(file.toAbsolutePath()).toString();
          for (JsonNode listed : json.path("files")) {
            if (listed.path("path").asText().equals(name)
                && json.path("reference_free").isBoolean()) {
              return json.path("reference_free").asBoolean();
            }
          }
        } catch (IOException e) {
          return null; // What cannot be read says nothing.
        }
      }
    }
    return null;
  }

  private static Look mistake(String key, String message) {
    return new Look(List.of(new ConfigMistake(key, Printable.sentence(message))), List.of());
  }

  private static Look warning(String key, String message) {
    return new Look(List.of(), List.of(new ConfigMistake(key, Printable.sentence(message))));
  }
}

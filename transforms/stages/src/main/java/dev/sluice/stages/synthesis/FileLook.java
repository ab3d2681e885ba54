package dev.sluice.stages.synthesis;

import dev.sluice.records.TableException;
import dev.sluice.stages.StageType.Mistake;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A look at the first rows of a file, before any work begins. */
public final class FileLook {
  private static final int ROWS = 100;
  private static final int NAMES_SHOWN = 20;

  private FileLook() {}

  /**
   * What is wrong with a file's ending, its first rows or its columns.
   *
   * @param pathKey the config's key of the path
   * @param limit most rows that are read of it; null for all
   * @param columns by the config's key of each column, the column's name; each must be in at least
   *     one of the first {@value #ROWS} rows
   */
  public static List<Mistake> at(
      String path, String pathKey, @Nullable Integer limit, Map<String, String> columns) {
    int most = limit == null ? ROWS : Math.min(ROWS, limit);
    List<FileRow> rows = new ArrayList<>();
    try (FileRows file = FileRows.open(Path.of(path), most)) {
      file.forEach(
          0,
          0,
          (row, index, begin) -> {
            rows.add(row);
            return rows.size() < most;
          });
    } catch (IllegalArgumentException | TableException | UncheckedIOException e) {
      return List.of(new Mistake(pathKey, String.valueOf(e.getMessage())));
    }
    List<Mistake> mistakes = new ArrayList<>();
    columns.forEach(
        (key, column) -> {
          if (!rows.isEmpty() && rows.stream().noneMatch(row -> row.has(column))) {
            mistakes.add(
                new Mistake(
                    key,
                    "none of the first %d rows of '%s' has a column '%s'; they have %s"
                        .formatted(rows.size(), path, column, names(rows))));
          }
        });
    return mistakes;
  }

  private static String names(List<FileRow> rows) {
    Set<String> names = new TreeSet<>();
    rows.forEach(row -> row.object().fieldNames().forEachRemaining(names::add));
    List<String> shown = names.stream().limit(NAMES_SHOWN).toList();
    return names.isEmpty()
        ? "none"
        : String.join(", ", shown) + (names.size() > NAMES_SHOWN ? " and others" : "");
  }
}
